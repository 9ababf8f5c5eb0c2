import {
  configRegisterAt,
  type Divergence,
  dwordName,
  hex,
  type RegisterDirectory,
  type ReplayScore,
  type ResultScore,
  resultText,
  type TracepointScore,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';

export type ReplayReport = ReturnType<typeof replayReport> & {
  /** Moments between which a part of the trace was replayed, and the file that holds the vGPU at the end. */
  readonly from?: string;
  readonly to?: string;
  readonly image?: string;
};

/** What `vgpu replay --json` prints; docs/comparison.md describes it. */
export function replayReport(trace: OpenedTrace, score: ReplayScore, names: RegisterDirectory) {
  const { records, reads, divergences, divergenceCount, rules, faults, hash } = score;
  const results = resultsOf(score);
  return {
    format: trace.format?.id,
    records,
    reads,
    divergences: divergences.map((divergence) => ({
      line: divergence.line,
      register: nameOf(divergence, names),
      expected: valueText(divergence.expected, divergence.expectedHigh, divergence.size),
      got: valueText(divergence.got, divergence.gotHigh, divergence.size),
    })),
    /** More than `divergences` lists where there are very many. */
    divergenceCount,
    rules,
    faults,
    ...(results === undefined ? {} : { results }),
    hash,
  };
}

/** Nothing differs without an explanation. */
export function isClean({ divergenceCount, results }: ReplayReport): boolean {
  return divergenceCount + (results?.unexplainedCount ?? 0) === 0;
}

/** Unexplained results shown; all are counted. */
const SHOWN_RESULTS = 100;

function resultsOf({ results, tracepoints }: ReplayScore) {
  if (tracepoints !== undefined) return tracepointsReport(tracepoints);
  return results === undefined ? undefined : resultsReport(results);
}

function tracepointsReport({ streams, unexplained, ...rest }: TracepointScore) {
  return { tracepoints: streams, ...rest, unexplained: unexplained.slice(0, SHOWN_RESULTS) };
}

function resultsReport({ equal, rules, unexplained }: ResultScore) {
  return {
    equal,
    rules,
    unexplainedCount: unexplained.length,
    unexplained: unexplained
      .slice(0, SHOWN_RESULTS)
      .map(({ access, what, result }) => ({ access, what, result: resultText(result) })),
  };
}

function nameOf({ space, offset }: Divergence, names: RegisterDirectory): string {
  if (space === 'config') return `config ${configRegisterAt(offset, names)?.name ?? hex(offset)}`;
  const info = space === 'mmio' ? names.at(offset) : undefined;
  return info === undefined ? `${space} ${hex(offset)}` : dwordName(info, offset);
}

/** All digits of an access of `size` bytes. */
function valueText(low: number, high: number, size: number): string {
  return size > 4 ? `${hex(high, 8)}${hex(low, 8).slice(2)}` : hex(low, size * 2);
}
