import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import {
  hex,
  REGISTER_BYTES,
  type RegisterDirectory,
  type RegisterInfo,
} from '../register-directory.ts';

/** Blocks are lists that people read. */
const SEEN = 'Registers in the recording';

/**
 * Registers of a device that this project has no tables of: those that a file describes and, for lists of registers,
 * every other dword that the recording touches, by its offset (`mmio_0x0050`). The latter have no names elsewhere.
 */
export function recordedDirectory(
  store: TraceStore,
  described: readonly RegisterInfo[] = [],
): RegisterDirectory {
  const byDword = new Map<number, RegisterInfo>();
  for (const info of described) {
    for (let at = info.offset; at < info.offset + info.size; at += 4) byDword.set(at, info);
  }
  const seen: RegisterInfo[] = [];
  for (const offset of dwordsOf(store)) {
    if (byDword.has(offset)) continue;
    const name = `mmio_${hex(offset, 4)}`;
    seen.push({ name, offset, size: 4, fields: [], access: 'rw', block: SEEN });
  }
  const all = [...described, ...seen];
  const byName = new Map(all.map((info) => [info.name.toLowerCase(), info]));
  return {
    foreign: true,
    at: (offset) => byDword.get(offset - (offset % 4)),
    named: (name) => byName.get(name.toLowerCase()),
    names: () => all.map(({ name }) => name),
    afterWrite: ({ access }, previous, written, byteMask) => {
      if (access === 'ro') return previous;
      if (access === 'w1c') return (previous & ~(written & byteMask)) >>> 0;
      return ((previous & ~byteMask) | (written & byteMask)) >>> 0;
    },
  };
}

/** Offsets of all dwords among the registers that a recording touches, in order. */
function dwordsOf(store: TraceStore): number[] {
  const touched = new Uint8Array(REGISTER_BYTES / 4);
  for (let record = 0; record < store.length; record++) {
    const kind = store.kind(record);
    if (kind !== RecordKind.read && kind !== RecordKind.write) continue;
    const offset = store.offset(record);
    if (store.space(record) !== Space.mmio || offset >= REGISTER_BYTES) continue;
    const last = Math.min(offset + store.size(record) - 1, REGISTER_BYTES - 1);
    touched.fill(1, offset >>> 2, (last >>> 2) + 1);
  }
  const offsets: number[] = [];
  for (let index = 0; index < touched.length; index++) if (touched[index]) offsets.push(index * 4);
  return offsets;
}
