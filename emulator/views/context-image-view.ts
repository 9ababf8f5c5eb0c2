import { decodeDescriptor } from '../engine/descriptor.ts';
import type { Engine } from '../engine/engine.ts';
import { peekGpu } from '../engine/peek-command.ts';
import type { ImageRegister, ImageValue } from './engine-view-types.ts';
import { registerName } from './register-name.ts';

/** The register state is the image's second page (gvt-facts §6.7). */
const REGISTER_STATE = 0x1000;
const PAGE_DWORDS = 1024;
const LOAD_REGISTER_IMM = 0x11000000;
const BATCH_BUFFER_END = 0x05000000;
const OPCODE = 0xff800000;
/** Images of Gen8 have no end mark; behind this dword comes state that is no list. */
const LISTS_END = 0x2a8 / 4;

/** The image of the context that runs, list by list, as it stands in memory. */
export function imageView(engine: Engine): ImageValue | undefined {
  const { running } = engine.state;
  const descriptor = running?.elements[running.current];
  if (descriptor === undefined) return undefined;
  const { lrca } = decodeDescriptor(descriptor);
  const base = lrca + REGISTER_STATE;
  const lists: ImageRegister[][] = [];
  for (let at = 0; at < PAGE_DWORDS; ) {
    const header = peekGpu(engine, 'ggtt', base + at * 4);
    if (header === undefined) break;
    at++;
    const opcode = (header & OPCODE) >>> 0;
    if (opcode === LOAD_REGISTER_IMM) {
      const count = ((header & 0xff) + 1) >>> 1;
      lists.push(registersAt(engine, base + at * 4, count));
      at += count * 2;
    } else if (
      opcode === BATCH_BUFFER_END ||
      header !== 0 ||
      (lists.length > 0 && at > LISTS_END)
    ) {
      break;
    }
  }
  return { lrca, lists };
}

function registersAt(engine: Engine, start: number, count: number): ImageRegister[] {
  const registers: ImageRegister[] = [];
  for (let pair = 0; pair < count; pair++) {
    const address = start + pair * 8 + 4;
    const operand = peekGpu(engine, 'ggtt', address - 4);
    if (operand === undefined) break;
    const offset = operand & 0x7ffffc;
    const name = registerName(engine, offset) ?? `0x${offset.toString(16)}`;
    registers.push({ name, offset, value: peekGpu(engine, 'ggtt', address), address });
  }
  return registers;
}
