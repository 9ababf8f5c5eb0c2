import { quote } from '../text/line-text.ts';
import { asAddress, parseNumber, type U64 } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { isLabelName, noAddress, noLabel, parseLabelled } from './labels.ts';

/** The GGTT fills BAR0 from 8 MiB on: one entry of 8 bytes for each page of 4 KiB (gvt-facts §5). */
const GGTT_OFFSET = 0x800000;
const GGTT_PAGES = 0x100000;

type Target = Pick<ReaderTarget, 'registers' | 'device' | 'labels'>;

/**
 * Offset of a place in the symbolic form: a number, a label, a register name, `ggtt[ADDRESS]` (the entry that
 * translates this graphics address); behind it perhaps `+NUMBER`. Returns a sentence where it is none of these.
 */
export function parsePlace(
  text: string,
  isMmio: boolean,
  line: number,
  target: Target,
): number | string {
  const plus = text.indexOf('+', text.lastIndexOf(']') + 1);
  const base = parseBase(plus < 0 ? text : text.slice(0, plus), isMmio, line, target);
  if (typeof base === 'string' || plus < 0) return base;
  const added = asAddress(parseNumber(text.slice(plus + 1)));
  const sum = base + (added ?? 0);
  if (added === undefined || sum >= 2 ** 48) {
    return `${quote(text.slice(plus))} is no distance: a number was expected after +.`;
  }
  return sum;
}

function parseBase(text: string, isMmio: boolean, line: number, target: Target): number | string {
  if (/^[0-9]/.test(text)) {
    const offset = asAddress(parseNumber(text));
    return (
      offset ??
      `${quote(text)} is no offset: a number of up to 48 bits was expected, hexadecimal with 0x.`
    );
  }
  const { registers, device, labels } = target;
  const entry = isMmio ? /^ggtt\[(.*)\]$/.exec(text) : null;
  if (entry !== null) return ggttOffset(entry[1] ?? '', line, target);
  const offset = isMmio ? registers?.offsetOf(text, device.scalars) : undefined;
  if (offset !== undefined) return offset;
  const label = isLabelName(text) ? labels.find(text, line) : undefined;
  if (label !== undefined) {
    return asAddress(label.value) ?? noAddress(text);
  }
  if (!isMmio) {
    return `${noLabel(text)} Other names stand for BAR0 registers; this space needs a number or a label.`;
  }
  if (registers !== undefined) {
    return `There is no register${isLabelName(text) ? ' or label' : ''} named ${quote(text)}.`;
  }
  return `${quote(text)}: no register names are known for this platform; write the offset, as in 0x44200.`;
}

function ggttOffset(text: string, line: number, { labels }: Target): number | string {
  const value: U64 | string | undefined = parseNumber(text) ?? parseLabelled(text, line, labels);
  if (typeof value === 'string') return value;
  const address = asAddress(value);
  const page = address === undefined ? GGTT_PAGES : Math.floor(address / 4096);
  if (page < GGTT_PAGES) return GGTT_OFFSET + page * 8;
  return `${quote(text)} is no graphics address below 4 GiB, as ggtt[…] needs.`;
}
