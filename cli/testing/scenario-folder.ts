import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder with these files; the second part takes it away again. */
export function folderWith(files: Readonly<Record<string, string>>): [string, () => void] {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-scenarios-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return [folder, () => rmSync(folder, { recursive: true, force: true })];
}

const HEAD = '## title: a try\n## platform: skl\n';

/** One scenario that passes, one that fails in line 4, one whose line 3 is not understood, and one that expects nothing. */
export const FOUR: Readonly<Record<string, string>> = {
  'a-good.vgpu': `${HEAD}W32 RCS0.RING_HWSTAM 0x40\nR32 RCS0.RING_HWSTAM = 0x40\n`,
  'b-bad.vgpu': `${HEAD}W32 RCS0.RING_HWSTAM 0x40\nR32 RCS0.RING_HWSTAM = 0x41  // why\nexpect no fault since start\n`,
  'c-strange.vgpu': `${HEAD}expect no falt\nW32 0x2098 1\n`,
  'd-recording.vgpu': `${HEAD}W 4 002098 00000040\nR 4 002098 00000040\n`,
};
