import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import { ENGINE_BASES } from './engine-bases.ts';

/** ELSP, the port that takes two context descriptors as four dwords (gvt-facts §6.3). */
const ELSP = 0x230;
const DWORDS = 4;

/**
 * The record after which work has been submitted: the one that follows the fourth write to some engine's ELSP.
 * The length of the trace where nothing was submitted.
 */
export function firstSubmission(store: TraceStore): number {
  const written = new Map(ENGINE_BASES.map((base) => [base + ELSP, 0]));
  const what = RecordKind.write | (Space.mmio << 4);
  let base = 0;
  for (const chunk of store.chunks) {
    for (let at = 0; at < chunk.length; at++) {
      const offset = chunk.offset[at] ?? 0;
      // All ports end in 0x230; the map is asked only for those.
      if ((offset & 0xfff) !== ELSP || chunk.kindSpace[at] !== what) continue;
      const count = written.get(offset);
      if (count === undefined) continue;
      if (count + 1 === DWORDS) return base + at + 1;
      written.set(offset, count + 1);
    }
    base += chunk.length;
  }
  return store.length;
}
