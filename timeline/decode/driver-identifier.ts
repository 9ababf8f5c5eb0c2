import type { SnapshotBuffer } from '../../trace/index.ts';

/** How Mesa's drivers begin a buffer that says who they are: these four times eight bytes, then blocks. */
const MARK = 'ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100';
const MARK_BYTES = 32;
/** Types of blocks. Each has its type and its length, heading included, in dwords before what it says. */
const END = 1;
const DRIVER = 2;
const HEADING_BYTES = 8;
const MOST_LETTERS = 200;

/** `Iris 22.3.6 build`: what the driver that made the buffers calls itself. */
export function driverIdentifier(buffers: readonly SnapshotBuffer[]): string | undefined {
  const buffer = buffers.find(({ bytes }) => isMarked(bytes));
  return buffer === undefined ? undefined : driverOf(buffer.bytes);
}

function driverOf(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = MARK_BYTES; at + HEADING_BYTES <= bytes.length; ) {
    const type = view.getUint32(at, true);
    const length = view.getUint32(at + 4, true);
    if (type === DRIVER) return textAt(bytes, at + HEADING_BYTES);
    if (type === END || length < HEADING_BYTES) return undefined;
    at += length;
  }
  return undefined;
}

function isMarked(bytes: Uint8Array): boolean {
  if (bytes.length < MARK_BYTES) return false;
  // The numbers are written with their lowest byte first.
  const eights = [0, 8, 16, 24].map((at) => [...bytes.subarray(at, at + 8)].reverse());
  const text = eights.flat().map((byte) => byte.toString(16).padStart(2, '0'));
  return text.join('') === MARK;
}

function textAt(bytes: Uint8Array, from: number): string {
  const letters = bytes.subarray(from, from + MOST_LETTERS);
  const end = letters.indexOf(0);
  return String.fromCharCode(...(end < 0 ? letters : letters.subarray(0, end))).trim();
}
