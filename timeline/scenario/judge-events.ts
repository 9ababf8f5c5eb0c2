import { CHECKS } from '../../emulator/index.ts';
import { type EventExpectation, type EventKind, expectationText } from '../../trace/index.ts';
import type { EventNames } from '../breakpoint/event-pattern.ts';
import { globTest } from '../patterns/glob.ts';
import { didYouMean } from '../patterns/suggest.ts';
import type { EventWindows } from './event-windows.ts';
import type { Judgement } from './scenario-result.ts';

const CHECK_IDS = CHECKS.map(({ id }) => id);
/** What correct guests do all the time counts only where it is named. */
const USUAL = new Set<string>(CHECKS.filter(({ on }) => on).map(({ id }) => id));

/** Whether what must happen has, and what must not has not. A name that nothing has is a failure, too. */
export function judgeEvents(
  wanted: EventExpectation,
  windows: EventWindows,
  names: EventNames,
): Judgement {
  const expected = expectationText(wanted);
  const matches = matcherFor(wanted.what, wanted.pattern, names);
  if (typeof matches === 'string') return { passed: false, expected, actual: matches };
  const window = windows.of(wanted.what, wanted.since, wanted.mark);
  if (window === undefined) {
    const actual = `no mark above is called ${wanted.mark}.`;
    return { passed: false, expected, actual };
  }
  const found = [...window].filter(([name]) => matches(name));
  const count = found.reduce((sum, [, n]) => sum + n, 0);
  const passed = wanted.count === 'some' ? count > 0 : count === wanted.count;
  return { passed, expected, actual: passed ? expected : actualText(wanted, found, count) };
}

/** What was found in the words of the expectation, and what it was. */
function actualText(
  wanted: EventExpectation,
  found: readonly (readonly [string, number])[],
  count: number,
): string {
  const name = found.length === 1 ? (found[0]?.[0] ?? wanted.pattern) : wanted.pattern;
  const text = expectationText({ ...wanted, count, pattern: name });
  if (found.length <= 1) return text;
  const all = found.slice(0, SHOWN).map(([each, n]) => (n === 1 ? each : `${n} × ${each}`));
  return `${text}: ${all.join(', ')}${found.length > SHOWN ? ', …' : ''}`;
}

const SHOWN = 6;

function matcherFor(
  what: EventKind,
  pattern: string,
  names: EventNames,
): ((name: string) => boolean) | string {
  if (what === 'command') return commandMatcher(pattern, names);
  if (what === 'fault' && pattern === '*') return (check) => USUAL.has(check);
  const known = what === 'fault' ? CHECK_IDS : names.interrupts;
  return known.some(globTest(pattern))
    ? globTest(pattern)
    : `no ${what === 'fault' ? 'check' : 'interrupt'} is called ${pattern}.${hint(pattern, known)}`;
}

/** Commands are counted as `RCS0:MI_NOOP`; a pattern without engine is about all. */
function commandMatcher(pattern: string, names: EventNames): ((name: string) => boolean) | string {
  const [, engine = '*', command = ''] = /^(?:([^:]*?)\s*:)?\s*(.*?)\s*$/.exec(pattern) ?? [];
  if (!names.engines.some(globTest(engine))) {
    return `no engine is called ${engine}; there are ${names.engines.join(', ')}.`;
  }
  if (!names.commands.some(globTest(command))) {
    return `no command is called ${command}.${hint(command, names.commands)}`;
  }
  return globTest(`${engine}:${command}`);
}

function hint(pattern: string, known: readonly string[]): string {
  return didYouMean(pattern.replaceAll(/[*?]/g, ''), known);
}
