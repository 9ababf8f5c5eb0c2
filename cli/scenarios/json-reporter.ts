import type { Reporter } from './reporter.ts';

/** One JSON object a line: each file as it is done (`"type": "file"`), then `"type": "end"` with the sums. */
export function jsonReporter(withCoverage: boolean): Reporter {
  return {
    file: ({ result, milliseconds, tables: _tables, ...run }) => {
      const { coverage, ...shown } = result ?? {};
      return line({
        type: 'file',
        ...run,
        milliseconds: Math.round(milliseconds),
        ...(result === undefined ? {} : { result: withCoverage ? { ...shown, coverage } : shown }),
      });
    },
    end: (summary) => line({ type: 'end', ...summary }),
  };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
