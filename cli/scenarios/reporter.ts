import type { CoverageTable } from '../../timeline/index.ts';
import type { FileRun } from './run-file.ts';

/** Shows results as they come. Texts are whole lines. */
export interface Reporter {
  begin?(): string;
  file(run: FileRun): string;
  end(summary: Summary): string;
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Of `failed`, those that could not be run at all. */
  readonly errors: number;
  /** What all of them exercised, by platform, where it was asked for. */
  readonly coverage?: readonly PlatformCoverage[];
}

export interface PlatformCoverage {
  readonly platform: string;
  readonly tables: readonly CoverageTable[];
}

/** A failure of a file, whatever its kind: line 0 for the file as a whole. */
export interface FailureText {
  readonly line: number;
  readonly title: string;
  readonly lines: readonly string[];
}

/** All failures of a file, in order of their lines. */
export function failuresOf({ status, why, problems, result }: FileRun): readonly FailureText[] {
  const whole =
    status === 'error' ? [{ line: 0, title: why ?? 'it cannot be run', lines: [] }] : [];
  const lines = problems.map(({ line, message }) => ({
    line,
    title: 'this line is not understood',
    lines: [message],
  }));
  const wrong = (result?.expectations ?? []).flatMap((each) =>
    each.passed
      ? []
      : [
          {
            line: each.line,
            title: each.expected,
            lines: [
              `expected  ${each.expected}`,
              `actual    ${each.actual}`,
              ...(each.detail === undefined ? [] : [each.detail]),
            ],
          },
        ],
  );
  return [...whole, ...lines, ...wrong].sort((a, b) => a.line - b.line);
}
