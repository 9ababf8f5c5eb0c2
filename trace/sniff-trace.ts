import { DETECTION_BYTES, detectFormat, type TraceFormat } from './formats.ts';
import {
  type ByteSource,
  iterate,
  type PlainBytesOptions,
  plainBytes,
  resume,
} from './plain-bytes.ts';

export interface SniffedTrace {
  /** Undefined where it is of no known format. */
  readonly format: TraceFormat | undefined;
  /** All of its bytes, inflated: what has been looked at, and the rest. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Tells a file's format without reading more than its beginning. What the source or `inflate` throw comes behind the
 * bytes that could be read, also where these are few.
 */
export async function sniffTrace(
  source: ByteSource,
  options: PlainBytesOptions,
): Promise<SniffedTrace> {
  const pieces = plainPieces(source, options);
  const held: Uint8Array[] = [];
  let length = 0;
  while (length < DETECTION_BYTES) {
    const next = await pieces.next().catch((error: unknown) => ({ error }));
    if ('error' in next) return sniffed(held, failing(next.error));
    if (next.done === true) break;
    // A copy: the source may use its buffer again.
    held.push(next.value.slice());
    length += next.value.length;
  }
  return sniffed(held, pieces);
}

function sniffed(
  held: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array, void>,
): SniffedTrace {
  const head = new Uint8Array(held.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of held) {
    head.set(piece, at);
    at += piece.length;
  }
  return { format: detectFormat(head), bytes: resume([head], rest) };
}

async function* plainPieces(
  source: ByteSource,
  options: PlainBytesOptions,
): AsyncGenerator<Uint8Array, void> {
  yield* iterate(await plainBytes(source, options));
}

async function* failing(error: unknown): AsyncGenerator<Uint8Array, void> {
  yield Promise.reject(error);
}
