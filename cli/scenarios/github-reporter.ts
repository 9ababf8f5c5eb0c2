import { failuresOf, type Reporter } from './reporter.ts';

/** Annotations of GitHub Actions: each failure shows at its line of the pull request. */
export const githubReporter: Reporter = {
  file: (run) =>
    failuresOf(run)
      .map(({ line, title, lines }) => {
        const place = line === 0 ? '' : `,line=${line}`;
        const text = lines.length === 0 ? title : lines.join('\n');
        return `::error file=${property(run.file)}${place},title=${property(title)}::${data(text)}\n`;
      })
      .join(''),
  end: ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped\n`,
};

/** What a command's text may not hold as it is. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
