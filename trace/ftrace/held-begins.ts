import { type LineCursor, literal } from '../text/line-cursor.ts';
import { HEX_DIGIT } from '../text/numbers.ts';

const WRITE = literal('mmio write len 4 gpa 0x');
/** How the address of a write to some engine's ELSP ends, or of one to PVINFO's notification. */
const PLACES = [literal('230'), literal('78818')] as const;
const BLANK = 32;

const MACHINE = literal('VM');
const ADD = literal(' [add]');

/** Whether this text of a `kvm_mmio` is a write that may submit work or announce a page table. */
export function maySubmit(cursor: LineCursor): boolean {
  if (!cursor.take(WRITE)) return false;
  const { bytes, end } = cursor;
  const digits = cursor.at;
  let at = digits;
  while (at < end && (HEX_DIGIT[bytes[at] ?? 0] ?? -1) >= 0) at++;
  if (at === end || bytes[at] !== BLANK) return false;
  return PLACES.some((place) => at - digits >= place.length && endsWith(bytes, at, place));
}

/** Whether this text of a `spt_guest_change` is an entry that the guest wrote into a page table. */
export function addsToTable(cursor: LineCursor): boolean {
  return cursor.take(MACHINE) && cursor.decimal() >= 0 && cursor.take(ADD);
}

function endsWith(bytes: Uint8Array, end: number, text: Uint8Array): boolean {
  const start = end - text.length;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}
