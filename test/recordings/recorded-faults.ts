import type { CheckId } from '../../emulator/index.ts';

/** Faults of checks that are on by default, in recordings of guests that did nothing wrong. */
export interface RecordedFaults {
  /** File, in `samples` or in the shared traces. */
  readonly trace: string;
  /** As `vgpu replay --device` calls it; `both`: the same count on either. */
  readonly device: 'vgpu' | 'gvt-g' | 'both';
  readonly check: CheckId;
  readonly count: number;
  readonly why: string;
}

const NATIVE =
  'recorded on a whole GPU: the driver used what a vGPU leaves to others, and the model has the slice of a vGPU';

/** The two logs of one run; in QEMU's each entry comes in halves. */
const native = (check: CheckId, count: number, inQemu = count): RecordedFaults[] =>
  (
    [
      ['skl_native.mmiotrace.gz', count],
      ['skl_native.same-run.qemu.trace.gz', inQemu],
    ] as const
  ).map(([trace, counted]) => ({ trace, device: 'both', check, count: counted, why: NATIVE }));

export const RECORDED_FAULTS: readonly RecordedFaults[] = [
  {
    trace: 'skl_clr.aub.gz',
    device: 'gvt-g',
    check: 'event-masked',
    count: 4,
    why: 'an AUB file is for a simulator: it submits work and never unmasks an interrupt',
  },
  ...native('ggtt-write-out-of-range', 204, 408),
  ...native('fence-out-of-range', 60),
  ...native('hws-page-range', 4),
  ...native('gpu-page-fault', 4),
  ...native('elsp-full', 4),
];
