/** A warning in a guest's log that the device under test has nothing to do with. */
interface ExplainedWarning {
  /** Where the kernel warns: its first line. */
  readonly at: RegExp;
  /** Who led there: a line of the call trace. */
  readonly through: RegExp;
  readonly why: string;
}

/** One row each, with what shows it. */
export const EXPLAINED_WARNINGS: readonly ExplainedWarning[] = [
  {
    at: /kernel\/smp\.c:\d+ smp_call_function_many_cond/,
    through: /drm_clflush_virt_range/,
    why:
      'v86’s processor has no CLFLUSH (/proc/cpuinfo lists sse2 and not clflush), which every processor beside such a GPU has. ' +
      'i915’s submission tasklet flushes the status buffer’s lines; without the instruction drm does WBINVD on all processors ' +
      'instead, and the kernel warns that this is asked for in a softirq. It comes with the first context status that is ' +
      'read, whatever the monitor and the device answer.',
  },
];

const FIRST = /WARNING: CPU: \d+ PID: \d+ at /;
const LAST = /---\[ end trace/;
/** Lines that a report has at most. */
const MOST_LINES = 100;

/** First lines of the warnings in a kernel's log that no row explains. */
export function unexplainedWarnings(log: readonly string[]): readonly string[] {
  return log.flatMap((line, at) => {
    if (!FIRST.test(line)) return [];
    const end = log.findIndex((text, index) => index > at && LAST.test(text));
    const report = log.slice(at, end < 0 ? at + MOST_LINES : Math.min(end, at + MOST_LINES));
    const isExplained = EXPLAINED_WARNINGS.some(
      (row) => row.at.test(line) && report.some((text) => row.through.test(text)),
    );
    return isExplained ? [] : [line];
  });
}
