import { graphicsAddressOf, hex, isInGgtt } from '../../../timeline/index.ts';
import { RecordKind, SIZE_MASK, Space, SYMBOLIC } from '../../../trace/index.ts';
import type { LineColumns } from '../../index/line-columns.ts';
import type { Finding, Fix } from './finding.ts';

const LOW = 1;
const HIGH = 2;

/**
 * Lines, written by hand, that write one half of a GGTT entry whose other half no line of the file writes: the device
 * keeps a half until the other comes (gvt-facts §5.5).
 */
export function halfEntries(columns: LineColumns): ReadonlyMap<number, Finding> {
  const halves = new Map<number, number>();
  const candidates: number[] = [];
  for (let line = 0; line < columns.length; line++) {
    if (columns.kind[line] !== RecordKind.write || columns.space[line] !== Space.mmio) continue;
    const offset = columns.offset[line] ?? 0;
    if (!isInGgtt(offset)) continue;
    const sizeFlags = columns.sizeFlags[line] ?? 0;
    const size = sizeFlags & SIZE_MASK;
    const entry = Math.floor(offset / 8);
    const half = offset % 8 < 4 ? LOW : HIGH;
    halves.set(entry, (halves.get(entry) ?? 0) | (size >= 8 ? LOW | HIGH : half));
    if (size === 4 && (sizeFlags & SYMBOLIC) !== 0) candidates.push(line);
  }
  const found = new Map<number, Finding>();
  for (const line of candidates) {
    const offset = columns.offset[line] ?? 0;
    if (halves.get(Math.floor(offset / 8)) !== (LOW | HIGH)) found.set(line, findingFor(offset));
  }
  return found;
}

function findingFor(offset: number): Finding {
  const [this_, other] = offset % 8 < 4 ? ['low', 'high'] : ['high', 'low'];
  const entry = hex(graphicsAddressOf(offset), 8);
  const message = `Only the ${this_} half of the entry of ${entry} is written, and no line writes the ${other} half: the device waits for it, and does not use the entry.`;
  const half = offset % 8 < 4 ? `ggtt[${entry}]+4` : `ggtt[${entry}]`;
  const below: Fix = {
    title: `Write the ${other} half too`,
    part: 'below',
    text: `W32 ${half} 0`,
  };
  const whole: Fix = { title: 'Write the whole entry', part: 'keyword', text: 'W64' };
  const fixes = offset % 8 < 4 ? [below, whole] : [below];
  return { code: 'half-entry', severity: 'warning', message, part: 'line', fixes };
}
