import type { FieldValue } from '../decode-group.ts';
import { addressOf } from '../value-text.ts';
import { fieldNamed, lowOf, type StateContext, UNKNOWN } from './state-context.ts';
import type { StateTree } from './state-tree.ts';

/** Longest program that is looked for an end in: 64 KiB. */
const MOST_DWORDS = 0x4000;
/** Bits of an instruction of an execution unit: its opcode, whether it is compacted to 8 bytes, and end of thread. */
const OPCODE = 0x7f;
const COMPACTED = 1 << 29;
const END_OF_THREAD = 1 << 31;
const ILLEGAL = 0;
/** send, sendc, sends, sendsc: the last of a program sends its end of thread. */
const SENDS: ReadonlySet<number> = new Set([0x31, 0x32, 0x33, 0x34]);

/** A program of execution units, as far as its instructions go. */
export function kernelAt(context: StateContext, title: string, offset: number): StateTree {
  const address = (context.bases.instruction + offset) % 2 ** 48;
  const words: number[] = [];
  const end = kernelEnd(context, address, words);
  const tree = { kind: 'kernel', title, address, offset, words, fields: [] } as const;
  const bytes = words.length * 4;
  return end ? { ...tree, bytes } : { ...tree, bytes, problem: UNKNOWN };
}

/** Fills `words`; false where what comes next is not known before the program ends. */
function kernelEnd({ memory, space }: StateContext, address: number, words: number[]): boolean {
  const read = () => {
    const word = memory.dword(space, address + words.length * 4);
    if (word !== undefined) words.push(word);
    return word;
  };
  while (words.length < MOST_DWORDS) {
    const first = read();
    const second = read();
    if (first === undefined || second === undefined) return false;
    const opcode = first & OPCODE;
    const isShort = (first & COMPACTED) !== 0;
    const third = isShort ? 0 : read();
    const last = isShort ? 0 : read();
    if (third === undefined || last === undefined) return false;
    if (opcode === ILLEGAL) return true;
    if (!isShort && SENDS.has(opcode) && (last & END_OF_THREAD) !== 0) return true;
  }
  return true;
}

/** 3DSTATE_VS and its like: one program, unless the stage is off. */
export function stageKernel(
  context: StateContext,
  fields: readonly FieldValue[],
  stage: string,
): StateTree[] {
  const pointer = fieldNamed(fields, 'Kernel Start Pointer');
  const enable = fieldNamed(fields, 'Enable') ?? fieldNamed(fields, 'Function Enable');
  if (pointer === undefined || enable?.low === 0) return [];
  return [kernelAt(context, `${stage} shader`, addressOf(pointer))];
}

/**
 * 3DSTATE_PS: up to three programs, for 8, 16 and 32 pixels at once. A single one is always the first pointer's; else
 * the second is that for 32 pixels and the third that for 16.
 */
export function pixelKernels(context: StateContext, fields: readonly FieldValue[]): StateTree[] {
  const widths = [8, 16, 32].filter(
    (width) => lowOf(fields, `${width} Pixel Dispatch Enable`) !== 0,
  );
  const places: Readonly<Record<number, number>> = { 8: 0, 32: 1, 16: 2 };
  return widths.map((width) => {
    const place = widths.length === 1 ? 0 : places[width];
    const pointer = fieldNamed(fields, `Kernel Start Pointer ${place}`);
    const offset = pointer === undefined ? 0 : addressOf(pointer);
    return kernelAt(context, `SIMD${width} pixel shader`, offset);
  });
}
