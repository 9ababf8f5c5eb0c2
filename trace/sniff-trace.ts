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
 * Tells a file's format without reading more than its beginning.
 * @throws what the source or `inflate` throw
 */
export async function sniffTrace(
  source: ByteSource,
  options: PlainBytesOptions,
): Promise<SniffedTrace> {
  const pieces = iterate(await plainBytes(source, options));
  const held: Uint8Array[] = [];
  let length = 0;
  while (length < DETECTION_BYTES) {
    const next = await pieces.next();
    if (next.done === true) break;
    // A copy: the source may use its buffer again.
    held.push(next.value.slice());
    length += next.value.length;
  }
  const head = new Uint8Array(length);
  let at = 0;
  for (const piece of held) {
    head.set(piece, at);
    at += piece.length;
  }
  return { format: detectFormat(head), bytes: resume([head], pieces) };
}
