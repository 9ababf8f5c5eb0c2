import { translateGgtt } from '../gtt/ggtt.ts';
import { decodeDescriptor } from './descriptor.ts';
import { type Engine, RING, ringSet } from './engine.ts';
import type { Descriptor } from './engine-state.ts';

/** RING_TAIL's value in a context image: byte 0x1c of its second page (gvt-facts §6.7). */
const IMAGE_TAIL = 0x1000 + 0x1c;

/** A running context was submitted again: more was put into its ring, and only the tail is read anew. */
export function rereadTail(engine: Engine, descriptor: Descriptor): void {
  const { lrca } = decodeDescriptor(descriptor);
  const at = translateGgtt(engine.core, lrca + IMAGE_TAIL);
  if (at === undefined) return;
  const tail = engine.core.memory.fetchValue(at, 4);
  if (tail.known) ringSet(engine, RING.tail, tail.low);
}
