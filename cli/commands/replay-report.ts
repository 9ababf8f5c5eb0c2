import type { ReplayScore } from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';

export type ReplayReport = ReturnType<typeof replayReport>;

/** What `vgpu replay --json` prints; docs/comparison.md describes it. */
export function replayReport(trace: OpenedTrace, score: ReplayScore) {
  const { compared, equal, volatile, forced, unknown } = score.reads;
  return {
    format: trace.format?.id,
    records: score.records,
    reads: { compared, equal, volatile, forced, unknown },
    divergences: score.divergences.map(({ line, register, expected, got }) => ({
      line,
      register,
      expected,
      got,
    })),
    /** More than `divergences` lists where there are very many. */
    divergenceCount: score.divergenceCount,
    rules: score.rules,
    faults: score.faults,
    hash: score.hash,
  };
}
