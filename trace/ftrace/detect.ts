import { scoreLines } from '../text/detect-lines.ts';

const EVENT = /^\S.*-\d+ +(\( *[-0-9]+\) +)?\[\d{2,}\]( +[^ \d]\S{2,7})? +\d+\.\d+: +[a-z]\w*:/;

/** How much a file looks like text of the kernel's ftrace, also as trace-cmd report shows it. */
export function scoreFtrace(head: Uint8Array): number {
  let events = 0;
  const share = scoreLines(head, (line) => {
    if (EVENT.test(line)) {
      events++;
      return 1;
    }
    if (/^# (tracer|entries-in-buffer)/.test(line)) return 0.9;
    return /^(#|cpus=\d+$|version = \d+$|=> )/.test(line) ? 0.4 : 0;
  });
  return events === 0 ? 0 : share;
}
