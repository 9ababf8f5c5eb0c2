import { decodeUtf8 } from '../text/utf8.ts';

const OPEN = 91;
const STAMP = /^\[(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})\.(\d{6})\]/;
const STAMP_BYTES = 28;

/** Microseconds of `[2026-11-22 10:11:19.611636]` at a line's beginning, as SPDK writes it; −1 where there is none. */
export function readStamp(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== OPEN) return -1;
  const match = STAMP.exec(decodeUtf8(bytes, start, Math.min(end, start + STAMP_BYTES)));
  if (match === null) return -1;
  const millis = Date.parse(`${match[1]}T${match[2]}Z`);
  return Number.isNaN(millis) ? -1 : millis * 1000 + Number(match[3]);
}
