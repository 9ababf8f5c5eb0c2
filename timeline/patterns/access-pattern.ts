import { Space } from '../../trace/index.ts';
import { configRegisterNamed } from '../config-registers.ts';
import type { RegisterDirectory, RegisterInfo } from '../register-directory.ts';
import {
  BAR0_BYTES,
  dwordName,
  elementsOf,
  GGTT_OFFSET,
  hex,
  pteOffsetOf,
} from '../register-directory.ts';
import { AccessMatcher, type AccessRange } from './access-range.ts';
import { globTest } from './glob.ts';
import { closeNames } from './suggest.ts';

/** A pattern that can be used: what it matches, and a sentence about that. */
export interface AccessPattern {
  readonly ok: true;
  readonly text: string;
  readonly matcher: AccessMatcher;
  /** `RCS0.RING_TAIL (0x2030)`, `14 registers: RCS0.RING_TAIL, RCS0.RING_HEAD, …`. */
  readonly explanation: string;
}

export interface PatternError {
  readonly ok: false;
  readonly text: string;
  /** What was wrong and what may have been meant. */
  readonly message: string;
}

/**
 * Compiles one pattern: a register's name (`RCS0.ELSP`, `ELSP` on all engines, `PLANE_WM_1_A[3]`), a glob
 * (`RING_*`), a BAR0 offset or range (`0x44200`, `0xc5010-0xc5027`), or addresses in another space
 * (`config:0x04`, `config:COMMAND`, `ggtt:0x1000-0xffff`, `aperture:*`). Letter case does not matter.
 */
export function compilePattern(
  text: string,
  directory: RegisterDirectory,
): AccessPattern | PatternError {
  const trimmed = text.trim();
  if (trimmed === '')
    return failure(text, 'A pattern is missing: a register name, glob or offset.');
  const colon = /^([a-z]+):(.*)$/i.exec(trimmed);
  if (colon) return spacePattern(text, colon[1] ?? '', (colon[2] ?? '').trim(), directory);
  if (/^[0-9]/.test(trimmed)) return mmioPattern(text, trimmed, directory);
  return namePattern(text, trimmed, directory);
}

/** Where the addresses of a prefix lie, and how big its space is. */
interface SpaceRow {
  readonly space: Space;
  /** Bytes that can be addressed. */
  readonly limit: number;
  readonly title: string;
  /** From an address as typed to the bytes of the space that stand for it. */
  readonly range?: (first: number, last: number) => { first: number; last: number };
}

const SPACE_ROWS: Readonly<Record<string, SpaceRow>> = {
  mmio: { space: Space.mmio, limit: BAR0_BYTES, title: 'BAR0', range: wholeDwords },
  ggtt: { space: Space.mmio, limit: 2 ** 32, title: 'GGTT entries', range: entriesOf },
  aperture: { space: Space.aperture, limit: 2 ** 32, title: 'the aperture' },
  config: { space: Space.config, limit: 4096, title: 'configuration space' },
  io: { space: Space.io, limit: 65536, title: 'BAR4' },
};

function wholeDwords(first: number, last: number) {
  return { first: first - (first % 4), last: last - (last % 4) + 3 };
}

function entriesOf(first: number, last: number) {
  return { first: pteOffsetOf(first), last: pteOffsetOf(last) + 7 };
}

function spacePattern(
  text: string,
  prefix: string,
  rest: string,
  directory: RegisterDirectory,
): AccessPattern | PatternError {
  const name = prefix.toLowerCase();
  const row = Object.hasOwn(SPACE_ROWS, name) ? SPACE_ROWS[name] : undefined;
  if (!row) {
    const known = Object.keys(SPACE_ROWS).join(', ');
    return failure(text, `There is no space called "${prefix}"; there are ${known}.`);
  }
  const range = rest === '*' ? { first: 0, last: row.limit - 1 } : rangeIn(name, rest, directory);
  if (!range) {
    return failure(text, `After "${name}:" an address, a range or * is needed, not "${rest}".`);
  }
  if (range.last < range.first || range.last >= row.limit) {
    return failure(
      text,
      `${rest} is not a range within ${row.title} (0 to ${hex(row.limit - 1)}).`,
    );
  }
  const bytes = row.range ? row.range(range.first, range.last) : range;
  const what = rest === '*' ? `all of ${row.title}` : `${rest} in ${row.title}`;
  return success(text, [{ space: row.space, ...bytes }], `matches ${what}`);
}

function rangeIn(
  space: string,
  rest: string,
  directory: RegisterDirectory,
): { first: number; last: number } | undefined {
  const numbers = parseRange(rest);
  if (numbers || space !== 'config') return numbers;
  const info = configRegisterNamed(rest, directory);
  return info && { first: info.offset, last: info.offset + info.size - 1 };
}

function mmioPattern(
  text: string,
  trimmed: string,
  directory: RegisterDirectory,
): AccessPattern | PatternError {
  const range = parseRange(trimmed);
  if (!range)
    return failure(text, `"${trimmed}" is not an offset such as 0x44200 or 0x2030-0x203f.`);
  if (range.last < range.first) {
    return failure(text, `The range ${trimmed} ends before it begins.`);
  }
  if (range.last >= BAR0_BYTES) {
    return failure(text, `${trimmed} is outside of BAR0 (0 to ${hex(BAR0_BYTES - 1)}).`);
  }
  const bytes = wholeDwords(range.first, range.last);
  return success(text, [{ space: Space.mmio, ...bytes }], explainRange(bytes, directory));
}

function explainRange(
  { first, last }: { first: number; last: number },
  directory: RegisterDirectory,
): string {
  if (last - first < 4) {
    if (first >= GGTT_OFFSET) return `a half of the GGTT entry at ${hex(first)}`;
    const info = directory.at(first);
    return info ? `${dwordName(info, first)} (${hex(first)})` : `${hex(first)}, which has no name`;
  }
  const dwords = (last + 1 - first) / 4;
  return `${dwords} dwords from ${hex(first)} to ${hex(last)}`;
}

function namePattern(
  text: string,
  trimmed: string,
  directory: RegisterDirectory,
): AccessPattern | PatternError {
  const indexed = /^(.*)\[(\d+)\]$/.exec(trimmed);
  const name = indexed?.[1] ?? trimmed;
  const index = indexed?.[2] === undefined ? undefined : Number(indexed[2]);
  const found = registersMatching(name, directory);
  if (found.length === 0) {
    const close = closeNames(name.replace(/[*?]/g, ''), directory.names());
    const hint = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
    return failure(text, `No register is called ${name}.${hint}`);
  }
  const ranges: AccessRange[] = [];
  for (const info of found) {
    const range = bytesOf(info, index);
    if (range) ranges.push(range);
  }
  const [only] = found;
  if (ranges.length === 0 && only) {
    return failure(text, `${only.name} has ${elementsOf(only)} dwords; there is no [${index}].`);
  }
  return success(text, ranges, explainRegisters(found, index));
}

/**
 * Registers of that name: the one with that full name, else all whose last part is it (`ELSP`), else all that
 * the glob matches, in full or by their last part.
 */
export function registersMatching(
  pattern: string,
  directory: RegisterDirectory,
): readonly RegisterInfo[] {
  const exact = directory.named(pattern);
  if (exact) return [exact];
  const fits = globTest(pattern);
  const found: RegisterInfo[] = [];
  for (const name of directory.names()) {
    if (!fits(name) && !fits(name.slice(name.lastIndexOf('.') + 1))) continue;
    const info = directory.named(name);
    if (info) found.push(info);
  }
  return found;
}

function bytesOf(info: RegisterInfo, index: number | undefined): AccessRange | undefined {
  if (index === undefined) {
    return { space: Space.mmio, first: info.offset, last: info.offset + info.size - 1 };
  }
  if (index >= elementsOf(info)) return undefined;
  const first = info.offset + index * 4;
  return { space: Space.mmio, first, last: first + 3 };
}

function explainRegisters(found: readonly RegisterInfo[], index: number | undefined): string {
  const suffix = index === undefined ? '' : `[${index}]`;
  const [only] = found;
  if (found.length === 1 && only) {
    return `${only.name}${suffix} (${hex(only.offset + (index ?? 0) * 4)})`;
  }
  const shown = found.slice(0, 4).map((info) => info.name + suffix);
  const more = found.length > shown.length ? ', …' : '';
  return `${found.length} registers: ${shown.join(', ')}${more}`;
}

/** `0x1000`, `4096`, `0x1000-0x1fff`; undefined where it is neither. */
function parseRange(text: string): { first: number; last: number } | undefined {
  const match = /^(0x[0-9a-f]{1,12}|\d{1,15})(?:\s*-\s*(0x[0-9a-f]{1,12}|\d{1,15}))?$/i.exec(text);
  if (!match) return undefined;
  const first = Number(match[1]);
  return { first, last: match[2] === undefined ? first : Number(match[2]) };
}

function success(text: string, ranges: readonly AccessRange[], explanation: string): AccessPattern {
  return { ok: true, text, matcher: new AccessMatcher(ranges), explanation };
}

function failure(text: string, message: string): PatternError {
  return { ok: false, text, message };
}
