import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip, inflateSync } from 'node:zlib';

/**
 * Bytes of a trace file that are read, and unpacked, at once: it is read from front to end, and every piece costs a turn
 * of the event loop.
 */
export const PIECE_BYTES = 1 << 20;

/**
 * Unpacks gzip, piece by piece. A file that is cut off still gives what came before the cut; then whoever reads gets
 * the error, as one of `packed` itself.
 */
export function inflate(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  // A failure reaches whoever reads from `gunzip`, which pipeline destroys with it.
  pipeline(Readable.from(packed, { objectMode: false }), gunzip, () => undefined);
  return gunzip;
}

/**
 * Unpacks a stream of zlib in one piece, as dumps hold them; one that is cut off still gives what comes before. `most`:
 * bytes that it may have unpacked. Throws a RangeError where it has more.
 */
export function unpack(packed: Uint8Array, most: number): Uint8Array {
  return inflateSync(packed, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
}
