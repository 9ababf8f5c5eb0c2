import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver/node';
import { didYouMean, withLabels } from '../../../timeline/index.ts';
import { HEADER_KEYS, RecordKind, SYMBOLIC, type TraceDiagnostic } from '../../../trace/index.ts';
import type { TraceDocument } from '../../document.ts';
import { accessOn } from '../../index/access.ts';
import type { LineColumns } from '../../index/line-columns.ts';
import { type Word, wordOf } from '../../lines/word.ts';
import {
  columnsOfName,
  definedBelow,
  unusedDiagnostic,
  usedTooEarly,
  withNameFixes,
} from '../labels/label-problems.ts';
import { labelsAbove, unusedLabels } from '../labels/labels.ts';
import { accessFindings } from './access-rules.ts';
import { constantsOf, type DeviceConstants } from './device-constants.ts';
import { deviceFindings } from './device-rules.ts';
import { expectationFindings } from './expectation-rules.ts';
import type { Finding, FindingCode } from './finding.ts';
import { halfEntries } from './half-entries.ts';
import { impossibleComparisons } from './impossible-comparison.ts';
import { withMeantNames } from './meant-names.ts';
import { unknownMark } from './unknown-mark.ts';

/** What is shown of one document; a damaged file must not fill the editor's list. */
export const MOST_DIAGNOSTICS = 1000;
/** Names like an unknown one are looked for among thousands: in messages only of the first. */
const MOST_SUGGESTIONS = 25;

export const SOURCE = 'vgpu';

/** Everything that is wrong with a document: by its reader, by the register tables, by its own headers. */
export function diagnose(document: TraceDocument): readonly Diagnostic[] {
  const { index } = document;
  const found: Diagnostic[] = [];
  for (const problem of index.problems(MOST_DIAGNOSTICS)) {
    found.push(readersDiagnostic(document, problem, found.length < MOST_SUGGESTIONS));
  }
  if (index.format === 'vgpu') addFindings(document, found);
  return found.sort((a, b) => a.range.start.line - b.range.start.line).slice(0, MOST_DIAGNOSTICS);
}

function addFindings(document: TraceDocument, found: Diagnostic[]): void {
  const { columns, device } = document.index;
  const problem = constantsOf(device);
  if (typeof problem === 'string') found.push(deviceDiagnostic(document, problem));
  for (const place of unusedLabels(document).values()) {
    if (found.length < MOST_DIAGNOSTICS) found.push(unusedDiagnostic(place));
  }
  const judge = judgeOf(document);
  for (let line = 0; line < columns.length && found.length < MOST_DIAGNOSTICS; line++) {
    if (!isWritten(columns, line)) continue;
    for (const finding of judge(line)) found.push(findingDiagnostic(document, line, finding));
  }
}

/** Says what is found on a line that somebody wrote by hand; nothing on others. */
export function judgeOf(document: TraceDocument): (line: number) => readonly Finding[] {
  const { columns, device, tables, labels } = document.index;
  const constants = constantsOf(device);
  const halves = halfEntries(columns);
  const directory = withLabels(tables.directory, labels);
  return (line) => {
    if (!isWritten(columns, line)) return [];
    const access = accessOn(columns, line);
    if (access === undefined) {
      const found = expectationFindings(
        document.line(line),
        document.words(line),
        tables,
        directory,
      ).map((finding) =>
        withNameFixes(document, line, withMeantNames(document.line(line), finding)),
      );
      return [
        ...found,
        ...impossibleComparisons(document, line, isMade(constants) ? constants : undefined),
        ...usedTooEarly(document, line),
        ...unknownMark(document, line),
      ];
    }
    const half = halves.get(line);
    return [
      ...accessFindings(access, tables),
      ...(isMade(constants) ? deviceFindings(access, constants) : []),
      ...(half === undefined ? [] : [half]),
    ];
  };
}

/** Whether a person wrote the line: it has the symbolic form, or says what is expected. */
function isWritten({ sizeFlags, kind }: LineColumns, line: number): boolean {
  return ((sizeFlags[line] ?? 0) & SYMBOLIC) !== 0 || kind[line] === RecordKind.expectation;
}

function isMade(constants: DeviceConstants | string): constants is DeviceConstants {
  return typeof constants !== 'string';
}

export function readersDiagnostic(
  document: TraceDocument,
  { severity, line, message }: TraceDiagnostic,
  suggests: boolean,
): Diagnostic {
  const at = Math.max(0, line - 1);
  const text = document.line(at);
  const code = codeOf(message);
  const quoted = /“([^”…]+)”/.exec(message)?.[1] ?? '';
  const columns = line === 0 ? undefined : columnsOf(text, quoted, code);
  const range = columns === undefined ? lineRange(document, at) : rangeOn(at, ...columns);
  const more = suggests
    ? definedBelow(document, quoted, at) || suggestion(document, code, quoted, at)
    : '';
  return {
    range,
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: SOURCE,
    message: `${message}${more}`,
  };
}

/** Where on a line stands what a message quotes. */
function columnsOf(
  text: string,
  quoted: string,
  code: FindingCode,
): readonly [number, number] | undefined {
  const isName = code === 'unknown-label' || code === 'double-label';
  const named = isName ? columnsOfName(text, quoted) : undefined;
  if (named !== undefined) return named;
  const start = quoted === '' ? -1 : text.indexOf(quoted);
  return start < 0 ? undefined : [start, start + quoted.length];
}

function suggestion(
  document: TraceDocument,
  code: FindingCode,
  quoted: string,
  line: number,
): string {
  const known = namesFor(document, code, line);
  return known.length === 0 ? '' : didYouMean(quoted, known);
}

/** What could have been meant where a name is not known. */
export function namesFor(
  document: TraceDocument,
  code: Diagnostic['code'],
  line: number,
): readonly string[] {
  const labels = () => labelsAbove(document, line).map(({ name }) => name);
  switch (code) {
    case 'unknown-label':
      return labels();
    case 'unknown-register':
      return [...labels(), ...document.index.tables.names];
    case 'unknown-header':
      return HEADER_KEYS.map(({ key }) => key);
    default:
      return [];
  }
}

/** Quick fixes go by what the reader found. */
function codeOf(message: string): FindingCode {
  if (/^There is no register (?:or label )?named/.test(message)) return 'unknown-register';
  if (message.startsWith('There is no label named')) return 'unknown-label';
  if (/^The label “\w+” is defined already/.test(message)) return 'double-label';
  return message.startsWith('There is no header') ? 'unknown-header' : 'malformed';
}

/** Which header a problem with the device is about, by its words. */
const HEADER_OF_PROBLEM: readonly (readonly [RegExp, string])[] = [
  [/platform/, 'platform'],
  [/quirk/, 'quirks'],
  [/monitor/i, 'monitor'],
  [/slice/, 'vgpu'],
  [/BAR2/, 'bars'],
];

/** At the header that names what cannot be; at the file's first line where it has none. */
function deviceDiagnostic(document: TraceDocument, problem: string): Diagnostic {
  const key = HEADER_OF_PROBLEM.find(([words]) => words.test(problem))?.[1] ?? 'pci';
  const line = headerLine(document, key) ?? 0;
  const words = document.words(line);
  const value = wordOf(words, 'headerValue');
  return {
    range: value === undefined ? lineRange(document, line) : rangeOn(line, value.start, value.end),
    severity: DiagnosticSeverity.Error,
    code: 'device',
    source: SOURCE,
    message: problem,
  };
}

/** Headers may stand anywhere, and nearly always stand at the top. */
function headerLine(document: TraceDocument, key: string): number | undefined {
  const most = Math.min(document.lineCount, 500);
  for (let line = 0; line < most; line++) {
    if (wordOf(document.words(line), 'headerKey')?.text === key) return line;
  }
  return undefined;
}

export function findingDiagnostic(
  document: TraceDocument,
  line: number,
  finding: Finding,
): Diagnostic {
  const severities = {
    error: DiagnosticSeverity.Error,
    warning: DiagnosticSeverity.Warning,
    information: DiagnosticSeverity.Information,
  };
  const { message, code, severity, part, columns } = finding;
  const word = partOf(document.words(line), part);
  const [start, end] = columns ?? (word === undefined ? [] : [word.start, word.end]);
  const isLine = start === undefined || end === undefined;
  return {
    range: isLine ? lineRange(document, line) : rangeOn(line, start, end),
    severity: severities[severity],
    code,
    source: SOURCE,
    message,
  };
}

function partOf(words: readonly Word[], part: Finding['part']): Word | undefined {
  if (part === 'line') return undefined;
  return part === 'keyword' ? wordOf(words, 'read', 'write') : wordOf(words, part);
}

/** A line without its indentation and comment. */
function lineRange(document: TraceDocument, line: number): Range {
  const words = document.words(line).filter(({ role }) => role !== 'comment');
  const text = document.line(line);
  return rangeOn(line, words[0]?.start ?? 0, words.at(-1)?.end ?? text.length);
}

function rangeOn(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}
