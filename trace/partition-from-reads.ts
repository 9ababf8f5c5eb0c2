import type { DeviceDescriptionBuilder } from './device-description-builder.ts';
import { RecordKind, Space } from './record.ts';
import type { TraceStore } from './store/trace-store.ts';

/** PVINFO dwords that describe the vGPU's slice (gvt-facts §3): BAR0 offsets, in the order of the result below. */
const OFFSETS = [0x78010, 0x78040, 0x78044, 0x78048, 0x7804c, 0x78050] as const;
const FIRST = 0x78010;
const LAST = 0x78050;

const READ = RecordKind.read | (Space.mmio << 4);

/**
 * A log without a header still tells the slice where the driver asked for it: from the first answers that it
 * got from PVINFO. Does nothing where any of them is missing.
 */
export function describePartition(store: TraceStore, device: DeviceDescriptionBuilder): void {
  const [caps, mappableBase, mappableSize, hiddenBase, hiddenSize, fences] = firstAnswers(store);
  if (caps !== undefined && device.scalars.pvinfoCaps === undefined) {
    device.set({ pvinfoCaps: caps });
  }
  if (mappableBase === undefined || mappableSize === undefined) return;
  if (hiddenBase === undefined || hiddenSize === undefined || fences === undefined) return;
  device.setPartition({ mappableBase, mappableSize, hiddenBase, hiddenSize, fences });
}

function firstAnswers(store: TraceStore): (number | undefined)[] {
  const found = new Map<number, number>();
  for (const { kindSpace, sizeFlags, offset, low, length } of store.chunks) {
    for (let i = 0; i < length && found.size < OFFSETS.length; i++) {
      const place = offset[i] ?? 0;
      if (place < FIRST || place > LAST || kindSpace[i] !== READ) continue;
      // A plain dword read with an answer has no flags beside its size.
      if (sizeFlags[i] !== 4 || found.has(place)) continue;
      if (OFFSETS.some((wanted) => wanted === place)) found.set(place, low[i] ?? 0);
    }
  }
  return OFFSETS.map((wanted) => found.get(wanted));
}
