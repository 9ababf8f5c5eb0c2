import { quote } from '../text/line-text.ts';
import { asAddress, parseNumber } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';

/** The GGTT fills BAR0 from 8 MiB on: one entry of 8 bytes for each page of 4 KiB (gvt-facts §5). */
const GGTT_OFFSET = 0x800000;
const GGTT_PAGES = 0x100000;

/**
 * Offset of a place in the symbolic form: a number, a register name, `ggtt[ADDRESS]` (the entry that
 * translates this graphics address); behind it perhaps `+NUMBER`. Returns a sentence where it is none of these.
 */
export function parsePlace(
  text: string,
  isMmio: boolean,
  target: Pick<ReaderTarget, 'registers' | 'device'>,
): number | string {
  const plus = text.lastIndexOf('+');
  const base = parseBase(plus < 0 ? text : text.slice(0, plus), isMmio, target);
  if (typeof base === 'string' || plus < 0) return base;
  const added = asAddress(parseNumber(text.slice(plus + 1)));
  const sum = base + (added ?? 0);
  if (added === undefined || sum >= 2 ** 48) {
    return `${quote(text.slice(plus))} is no distance: a number was expected after +.`;
  }
  return sum;
}

function parseBase(
  text: string,
  isMmio: boolean,
  { registers, device }: Pick<ReaderTarget, 'registers' | 'device'>,
): number | string {
  if (/^[0-9]/.test(text)) {
    const offset = asAddress(parseNumber(text));
    return (
      offset ??
      `${quote(text)} is no offset: a number of up to 48 bits was expected, hexadecimal with 0x.`
    );
  }
  if (!isMmio)
    return `${quote(text)} is no offset: names stand for BAR0 registers, this space needs a number.`;
  const entry = /^ggtt\[(.*)\]$/.exec(text);
  if (entry !== null) return ggttOffset(entry[1] ?? '');
  const offset = registers?.offsetOf(text, device.scalars);
  if (offset !== undefined) return offset;
  if (registers !== undefined) return `There is no register named ${quote(text)}.`;
  return `${quote(text)}: no register names are known for this platform; write the offset, as in 0x44200.`;
}

function ggttOffset(text: string): number | string {
  const address = asAddress(parseNumber(text));
  const page = address === undefined ? GGTT_PAGES : Math.floor(address / 4096);
  if (page < GGTT_PAGES) return GGTT_OFFSET + page * 8;
  return `${quote(text)} is no graphics address below 4 GiB, as ggtt[…] needs.`;
}
