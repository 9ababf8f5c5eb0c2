import { isGzip } from './gzip-magic.ts';
import { inflated } from './inflated.ts';

/** A file in pieces, in order. Pieces may be of any length, also empty. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface PlainBytesOptions {
  /** Unpacks gzip; without it, packed files are refused. May throw on damaged input. */
  readonly inflate?: (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
}

/** The source's bytes, inflated where they begin like gzip. */
export async function plainBytes(
  source: ByteSource,
  options: PlainBytesOptions,
): Promise<ByteSource> {
  const pieces = iterate(source);
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < 2) {
    const next = await pieces.next();
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.length;
  }
  const whole = resume(first, pieces);
  if (!isGzip(first)) return whole;
  if (options.inflate === undefined)
    throw new Error('it is packed with gzip, which cannot be unpacked here');
  return inflated(whole, options.inflate);
}

export async function* iterate(source: ByteSource): AsyncGenerator<Uint8Array, void> {
  yield* source;
}

export async function* resume(
  first: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, void> {
  yield* first;
  yield* rest;
}
