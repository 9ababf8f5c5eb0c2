import { CHECKS, type EventNames, eventNames } from '../../../emulator/index.ts';
import {
  compileCommandPattern,
  compileExpression,
  compileInterruptPattern,
  didYouMean,
  globTest,
  type RegisterDirectory,
} from '../../../timeline/index.ts';
import { type EventExpectation, parseExpectation } from '../../../trace/index.ts';
import type { Word } from '../../lines/word.ts';
import type { RegisterTables } from '../../registers/register-tables.ts';
import type { Finding } from './finding.ts';

const CHECK_IDS: readonly string[] = CHECKS.map(({ id }) => id);

/**
 * What is wrong with a line `expect …` that has one of the shapes: names that there are not, no expression. `directory`
 * has the document's labels.
 */
export function expectationFindings(
  text: string,
  words: readonly Word[],
  tables: RegisterTables,
  directory: RegisterDirectory,
): readonly Finding[] {
  const [keyword] = words;
  const comment = words.find(({ role }) => role === 'comment')?.start;
  // A bracket at the end is no word.
  const end = text.slice(0, comment).trimEnd().length;
  if (keyword?.text !== 'expect') return [];
  const said = text.slice(keyword.end, end);
  const start = keyword.end + said.length - said.trimStart().length;
  const expectation = parseExpectation(said);
  switch (expectation?.kind) {
    case 'event': {
      const message = eventProblem(expectation, eventNames(tables.platform));
      return message === undefined ? [] : [finding(message, [start, end])];
    }
    case 'expression': {
      const compiled = compileExpression(expectation.text, directory);
      return compiled.ok ? [] : [finding(compiled.message, [start + compiled.column, end])];
    }
    default:
      return [];
  }
}

function eventProblem({ what, pattern }: EventExpectation, names: EventNames): string | undefined {
  if (pattern === '*') return undefined;
  if (what === 'fault') {
    if (CHECK_IDS.some(globTest(pattern))) return undefined;
    return `No check is called ${pattern}.${didYouMean(pattern, CHECK_IDS)}`;
  }
  const compile = what === 'command' ? compileCommandPattern : compileInterruptPattern;
  const compiled = compile(pattern, names);
  return compiled.ok ? undefined : compiled.message;
}

function finding(message: string, columns: readonly [number, number]): Finding {
  return { code: 'expectation', severity: 'error', message, part: 'line', columns };
}
