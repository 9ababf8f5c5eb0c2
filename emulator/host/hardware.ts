import { MODE, mergeWrite } from '../mmio/access-mode.ts';
import type { RegisterFile } from '../mmio/register-file.ts';
import type { HostListener } from './host-events.ts';

const FENCE_BASE = 0x100000;

/** Writes a register of the hardware. Of one with a write mask the upper half selects. */
export function writeHardware(
  hardware: RegisterFile,
  listener: HostListener | undefined,
  offset: number,
  value: number,
  masked: boolean,
): void {
  const mode = masked ? MODE.masked : MODE.rw;
  const next = mergeWrite(mode, hardware.get(offset), value >>> 0, 0xffffffff, 0);
  hardware.set(offset, next);
  listener?.hardwareWritten?.(offset, value >>> 0);
}

/**
 * Writes a fence: low = 0, then high, then low again with the enable bit. The other order can enable a wrong fence
 * for a moment (gvt-facts §4.4).
 */
export function writeHostFence(
  hardware: RegisterFile,
  listener: HostListener | undefined,
  fence: number,
  low: number,
  high: number,
): void {
  const offset = FENCE_BASE + fence * 8;
  writeHardware(hardware, listener, offset, 0, false);
  writeHardware(hardware, listener, offset + 4, high, false);
  writeHardware(hardware, listener, offset, low, false);
}

/**
 * The table that debugfs shows as `mmio_diff`: registers with a row whose value in hardware and in the vGPU differ
 * (gvt-facts §12.6).
 */
export function mmioDiff(hardware: RegisterFile, own: (offset: number) => number): string {
  const lines = ['Offset   HW       vGPU     Diff'];
  let total = 0;
  let different = 0;
  hardware.map.indexOfDword.forEach((row, dword) => {
    if (row === 0) return;
    total++;
    const offset = dword * 4;
    const [theirs, ours] = [hardware.get(offset), own(offset)];
    if (theirs === ours) return;
    different++;
    lines.push(
      [offset, theirs, ours]
        .map(hex8)
        .concat(bitList(theirs ^ ours))
        .join(' '),
    );
  });
  return `${lines.join('\n')}\nTotal: ${total}, Diff: ${different}\n`;
}

function hex8(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** As the kernel prints bitmaps: `0-3,8`. */
function bitList(bits: number): string {
  const runs: string[] = [];
  for (let bit = 0; bit < 32; bit++) {
    if (((bits >>> bit) & 1) === 0) continue;
    const first = bit;
    while (bit + 1 < 32 && ((bits >>> (bit + 1)) & 1) !== 0) bit++;
    runs.push(first === bit ? `${first}` : `${first}-${bit}`);
  }
  return runs.join(',');
}
