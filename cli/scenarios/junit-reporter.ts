import { failuresOf, type Reporter } from './reporter.ts';
import type { FileRun } from './run-file.ts';

/**
 * The XML that JUnit's Ant task writes and CI systems read: a suite for each file, a case for each expectation.
 * Suites are written as they come.
 */
export const junitReporter: Reporter = {
  begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="vgpu test">\n',
  file: suiteText,
  end: () => '</testsuites>\n',
};

function suiteText(run: FileRun): string {
  const { file, status, why = '', milliseconds } = run;
  const cases = status === 'error' ? [errorCase(file, why)] : casesOf(run);
  const failures = status === 'error' ? 0 : failuresOf(run).length;
  const errors = status === 'error' ? 1 : 0;
  const skipped = status === 'skipped' ? 1 : 0;
  const time = (milliseconds / 1000).toFixed(3);
  return (
    `  <testsuite name="${xml(file)}" tests="${cases.length}" failures="${failures}" ` +
    `errors="${errors}" skipped="${skipped}" time="${time}">\n${cases.join('')}  </testsuite>\n`
  );
}

function casesOf(run: FileRun): string[] {
  const { file, status, why = '', result } = run;
  if (status === 'skipped')
    return [caseText(file, 0, 'scenario', `<skipped message="${xml(why)}"/>`)];
  const failures = failuresOf(run).map(({ line, title, lines }) =>
    caseText(
      file,
      line,
      title,
      `<failure message="${xml(title)}">${xml(lines.join('\n'))}</failure>`,
    ),
  );
  const passed = (result?.expectations ?? [])
    .filter((each) => each.passed)
    .map(({ line, expected }) => caseText(file, line, expected, ''));
  return [...passed, ...failures];
}

function errorCase(file: string, why: string): string {
  return caseText(file, 0, 'scenario', `<error message="${xml(why)}"/>`);
}

function caseText(file: string, line: number, title: string, body: string): string {
  const name = line === 0 ? title : `line ${line}: ${title}`;
  const head = `    <testcase classname="${xml(file)}" name="${xml(name)}" file="${xml(file)}" line="${line}"`;
  return body === '' ? `${head}/>\n` : `${head}>${body}</testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text in XML 1.0, which has no place for most control characters. */
function xml(text: string): string {
  return text
    .replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter)
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
