import { type LineCursor, literal } from '../text/line-cursor.ts';
import type { AccessSources } from './sources.ts';

const MMIO = literal('mmio ');
const READ = literal('read');
const WRITE = literal('write');
const UNSATISFIED = literal('unsatisfied-');
const LENGTH = literal(' len ');
const PLACE = literal(' gpa ');
const VALUE = literal(' val ');
const REGISTER = literal(' reg=');
const LENGTH_OF_REGISTER = literal(', len=');
const VALUES = literal(', val=(');
const COMMA = literal(', ');
const CLOSE = 41;
const MACHINE = literal('VM');
const OFFSET = literal(' offset ');
const DATA = literal(' data ');
const BYTE = literal(' byte ');
const BLANK = 32;

/** BAR0 has no more, and a window has much more. */
const MOST_OFFSET = 2 ** 32;

/** Reads one kind of access from the line under the cursor; false where it is malformed. */
type ReadAccess = (cursor: LineCursor, sources: AccessSources, line: number) => boolean;

function isSize(size: number): boolean {
  return size === 4 || size === 8 || size === 1 || size === 2;
}

/** `mmio read|write|unsatisfied-read len N gpa 0xADDRESS val 0xVALUE` (include/trace/events/kvm.h). */
export const readKvmMmio: ReadAccess = (cursor, sources, line) => {
  if (!cursor.take(MMIO)) return false;
  // A read that goes on to user space is answered later, by an event of its own.
  const unsatisfied = cursor.take(UNSATISFIED);
  const isWrite = cursor.take(WRITE);
  if ((!isWrite && !cursor.take(READ)) || !cursor.take(LENGTH)) return false;
  const size = cursor.decimal();
  if (!isSize(size) || !cursor.take(PLACE)) return false;
  const address = cursor.address();
  if (address < 0 || !cursor.take(VALUE) || !cursor.hexadecimal() || !cursor.ends()) return false;
  if (unsatisfied) sources.unsatisfied(size, address, line);
  else sources.kvm(isWrite, size, address, cursor.low, cursor.high, line);
  return true;
};

/** `read|write reg=0xOFFSET, len=N, val=(0xLOW, 0xHIGH)` (i915_trace.h). */
export const readRegisterAccess: ReadAccess = (cursor, sources, line) => {
  const isWrite = cursor.take(WRITE);
  if ((!isWrite && !cursor.take(READ)) || !cursor.take(REGISTER)) return false;
  const offset = cursor.address();
  if (offset < 0 || offset >= MOST_OFFSET || !cursor.take(LENGTH_OF_REGISTER)) return false;
  const size = cursor.decimal();
  if (!isSize(size) || !cursor.take(VALUES) || !cursor.hexadecimal()) return false;
  const { low } = cursor;
  if (!cursor.take(COMMA) || !cursor.hexadecimal()) return false;
  const high = cursor.low;
  if (!cursor.takeCode(CLOSE) || !cursor.ends()) return false;
  sources.driver(isWrite, size, offset, low, size === 8 ? high : 0, line);
  return true;
};

/** `VMn read|write offset 0xOFFSET data 0xVALUE byte N` (vgt_mmio_rw of the first trees). */
export const readModelAccess: ReadAccess = (cursor, sources, line) => {
  if (!cursor.take(MACHINE) || cursor.decimal() < 0 || !cursor.takeCode(BLANK)) return false;
  const isWrite = cursor.take(WRITE);
  if ((!isWrite && !cursor.take(READ)) || !cursor.take(OFFSET)) return false;
  const offset = cursor.address();
  if (offset < 0 || offset >= MOST_OFFSET || !cursor.take(DATA)) return false;
  if (!cursor.hexadecimal() || !cursor.take(BYTE)) return false;
  const { low, high } = cursor;
  const size = cursor.decimal();
  if (!isSize(size) || !cursor.ends()) return false;
  sources.model(isWrite, size, offset, low, size === 8 ? high : 0, line);
  return true;
};
