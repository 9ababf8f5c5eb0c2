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

const GUARD =
  'i915 clears the last page of the whole GGTT, its guard page, which belongs to no guest';
const NATIVE =
  'recorded on a whole GPU: the driver used what a vGPU leaves to others, and the model has the slice of a vGPU';

const guarded = (trace: string, count: number): RecordedFaults => ({
  trace,
  device: 'both',
  check: 'ggtt-write-out-of-range',
  count,
  why: GUARD,
});
/** The two logs of one run; in QEMU's each entry comes in halves. */
const native = (check: CheckId, count: number, inQemu = count): RecordedFaults[] =>
  (
    [
      ['skl_native.mmiotrace.gz', count],
      ['skl_native.same-run.qemu.trace.gz', inQemu],
    ] as const
  ).map(([trace, counted]) => ({ trace, device: 'both', check, count: counted, why: NATIVE }));

export const RECORDED_FAULTS: readonly RecordedFaults[] = [
  guarded('skl-hang-reset-errorstate.vgpu.gz', 2),
  guarded('skl-mesa-kmscube.vgpu.gz', 2),
  guarded('skl-modeset-fbcon-gem.vgpu.gz', 2),
  guarded('skl-modeset-stacks.vgpu.gz', 2),
  guarded('skl-probe-gem-unload.vgpu.gz', 2),
  guarded('skl_kvmgt.mmiotrace.gz', 1),
  guarded('skl_l2mmt.guest.mmiotrace.gz', 1),
  guarded('skl_l2mmt.qemu-vfio.trace.gz', 1),
  guarded('skl_l2mmt.gvt+kvm_mmio_vgpu.ftrace.txt.gz', 1),
  {
    trace: 'skl_clr.aub.gz',
    device: 'gvt-g',
    check: 'event-masked',
    count: 4,
    why: 'an AUB file is for a simulator: it submits work and never unmasks an interrupt',
  },
  ...native('ggtt-write-out-of-range', 205, 410),
  ...native('fence-out-of-range', 60),
  ...native('hws-page-range', 4),
  ...native('gpu-page-fault', 4),
  ...native('elsp-full', 4),
];
