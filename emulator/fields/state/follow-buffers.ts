import type { FieldValue } from '../decode-group.ts';
import { addressOf } from '../value-text.ts';
import { fieldNamed, lowOf, type StateContext, UNKNOWN, wordsAt } from './state-context.ts';
import type { StateTree } from './state-tree.ts';

/** Bytes of a buffer that are read at most. */
const MOST_BYTES = 0x4000;
/** By index format: bytes, words, dwords. */
const INDEX_BYTES = [1, 2, 4] as const;
/** Constants are read by 256-bit registers. */
const CONSTANT_BYTES = 32;

function bufferAt(context: StateContext, title: string, address: number, bytes: number): StateTree {
  const shown = Math.ceil(Math.min(bytes, MOST_BYTES) / 4);
  const words = wordsAt(context, address, shown);
  const tree = { kind: 'buffer', title, address, bytes, words, fields: [] } as const;
  if (words.length < shown) return { ...tree, problem: UNKNOWN };
  return bytes > MOST_BYTES
    ? { ...tree, problem: `the first ${MOST_BYTES} bytes are shown` }
    : tree;
}

export function vertexBuffers(context: StateContext, fields: readonly FieldValue[]): StateTree[] {
  return fields.flatMap(({ plan, fields: state }) => {
    const start = fieldNamed(state, 'Buffer Starting Address');
    if (plan.row.struct !== 'VERTEX_BUFFER_STATE' || start === undefined) return [];
    const title = `vertex buffer ${lowOf(state, 'Vertex Buffer Index')}`;
    return [bufferAt(context, title, addressOf(start), lowOf(state, 'Buffer Size'))];
  });
}

export function indexBuffer(context: StateContext, fields: readonly FieldValue[]): StateTree[] {
  const start = fieldNamed(fields, 'Buffer Starting Address');
  if (start === undefined) return [];
  const elementBytes = INDEX_BYTES[lowOf(fields, 'Index Format')] ?? 4;
  const bytes = lowOf(fields, 'Buffer Size');
  return [{ ...bufferAt(context, 'index buffer', addressOf(start), bytes), elementBytes }];
}

/** 3DSTATE_CONSTANT_*: up to four buffers of constants. */
export function constantBuffers(context: StateContext, fields: readonly FieldValue[]): StateTree[] {
  const body = fieldNamed(fields, 'Constant Body')?.fields ?? [];
  return [0, 1, 2, 3].flatMap((index) => {
    const bytes = lowOf(body, `Read Length[${index}]`) * CONSTANT_BYTES;
    const start = fieldNamed(body, `Buffer[${index}]`);
    if (bytes === 0 || start === undefined) return [];
    return [bufferAt(context, `constant buffer ${index}`, addressOf(start), bytes)];
  });
}
