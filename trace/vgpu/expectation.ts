import type { Space } from '../record.ts';
import { asAddress, hex, parseHex } from '../text/numbers.ts';

/** What a scenario's line `expect …` asks for. Names and expressions are not looked up here. */
export type Expectation = EventExpectation | MemoryExpectation | ExpressionExpectation;

/** Something that must, or must not, have happened. */
export interface EventExpectation {
  readonly kind: 'event';
  readonly what: EventKind;
  /** So often exactly; `some` for once or more. */
  readonly count: number | 'some';
  /** A name or a glob; `*` for any. */
  readonly pattern: string;
  /** Where looking begins: at the last access, the last note or mark, the last mark of a name, the trace's start. */
  readonly since: Since;
  /** That name: the text of a mark or note. Only with `since: 'mark'`. */
  readonly mark?: string;
}

export type EventKind = 'fault' | 'interrupt' | 'command';
export type Since = 'access' | 'note' | 'mark' | 'start';

/** What memory must hold. */
export interface MemoryExpectation {
  readonly kind: 'memory';
  /** Guest physical, or graphics memory through the GGTT. */
  readonly space: keyof Pick<typeof Space, 'memory' | 'ggtt'>;
  readonly address: number;
  /** In memory order; undefined for those that do not matter. */
  readonly bytes: readonly (number | undefined)[];
}

/** What must be true, in the debugger's expression language. */
export interface ExpressionExpectation {
  readonly kind: 'expression';
  readonly text: string;
}

/** How such a line looks, for messages. */
export const EXPECT_SHAPE =
  'expect [no|COUNT] fault|interrupt|command [NAME] [since note|start|mark TEXT], ' +
  'expect memory [ggtt:]ADDRESS BYTES, or expect EXPRESSION';

const MAX_BYTES = 4096;
const EVENT = /^(?:(no|[0-9]{1,9})[ \t]+)?(fault|interrupt|command)s?(?=[ \t]|$)/;
const PATTERN = /^[\w*?:()+/. \t-]*$/;
const SINCE = /(?:^|[ \t])since[ \t]+(?:(access|note|start)$|mark[ \t]+(\S.*)$)/;
const MEMORY = /^memory[ \t]+(?:(ggtt):)?([0-9a-fA-F_xX]+)[ \t]+([0-9a-fA-F?][0-9a-fA-F? \t]*)$/;

/** Takes apart what stands behind `expect`, without comment; undefined where it has none of the shapes. */
export function parseExpectation(text: string): Expectation | undefined {
  const trimmed = text.trim();
  if (/^memory\b/.test(trimmed)) return parseMemory(trimmed);
  const event = EVENT.exec(trimmed);
  const counted = event && parseEvent(event, trimmed.slice(event[0].length).replace(/^[ \t]+/, ''));
  if (counted) return counted;
  // What begins like an event but goes on in another way would make a strange expression.
  if (trimmed === '' || /^(?:no|fault|interrupt|command)s?\b/.test(trimmed)) return undefined;
  return { kind: 'expression', text: trimmed };
}

/** `rest`: what stands behind the kind of event. Its parts are looked for one by one, as lines may be long. */
function parseEvent([, count, what]: RegExpExecArray, rest: string): EventExpectation | undefined {
  const begin = SINCE.exec(rest);
  const [, since = 'access', mark] = begin ?? [];
  const named = rest.slice(0, begin?.index);
  if (!PATTERN.test(named) || /\bsince\b/.test(named)) return undefined;
  if (!isEventKind(what) || !isSince(since)) return undefined;
  const often = count === undefined ? 'some' : count === 'no' ? 0 : Number(count);
  const counted = { kind: 'event', what, count: often, pattern: named.trimEnd() || '*' } as const;
  return mark === undefined ? { ...counted, since } : { ...counted, since: 'mark', mark };
}

function parseMemory(text: string): MemoryExpectation | undefined {
  const [, space, place = '', groups = ''] = MEMORY.exec(text) ?? [];
  const address = asAddress(parseHex(place));
  const digits = groups.replaceAll(/[ \t]/g, '');
  const size = digits.length / 2;
  if (address === undefined || !Number.isInteger(size) || size === 0 || size > MAX_BYTES) {
    return undefined;
  }
  if (address + size > 2 ** 48) return undefined;
  const bytes: (number | undefined)[] = [];
  for (let i = 0; i < size; i++) {
    const pair = digits.slice(2 * i, 2 * i + 2);
    if (pair !== '??' && pair.includes('?')) return undefined;
    bytes.push(pair === '??' ? undefined : Number.parseInt(pair, 16));
  }
  return { kind: 'memory', space: space === 'ggtt' ? 'ggtt' : 'memory', address, bytes };
}

/** The text behind `expect`, such that `parseExpectation` gives the same again. */
export function expectationText(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'expression':
      return expectation.text;
    case 'memory': {
      const space = expectation.space === 'ggtt' ? 'ggtt:' : '';
      return `memory ${space}${hex(expectation.address)} ${bytesText(expectation.bytes)}`;
    }
    case 'event': {
      const { count, what, pattern, since, mark } = expectation;
      const often = count === 'some' ? '' : count === 0 ? 'no ' : `${count} `;
      const name = pattern === '*' ? '' : ` ${pattern}`;
      const from = mark === undefined ? since : `mark ${mark}`;
      return `${often}${what}${name}${since === 'access' ? '' : ` since ${from}`}`;
    }
  }
}

/** In groups of four, as `M` lines have them. */
function bytesText(bytes: readonly (number | undefined)[]): string {
  const pairs = bytes.map((byte) =>
    byte === undefined ? '??' : byte.toString(16).padStart(2, '0'),
  );
  return pairs.map((pair, i) => (i > 0 && i % 4 === 0 ? ` ${pair}` : pair)).join('');
}

function isEventKind(text: string | undefined): text is EventKind {
  return text === 'fault' || text === 'interrupt' || text === 'command';
}

function isSince(text: string): text is Since {
  return text === 'access' || text === 'note' || text === 'start';
}
