/** GVT-g's tracepoints that are compared (gvt-facts §13.1), in the order of reports. */
export const TRACEPOINTS = [
  'gvt_command',
  'write_ir',
  'propagate_event',
  'inject_msi',
  'spt_alloc',
  'spt_free',
  'spt_change',
  'spt_refcount',
  'spt_guest_change',
  'oos_change',
  'oos_sync',
  'gma_index',
  'gma_translate',
  'render_mmio',
] as const;

export type TracepointName = (typeof TRACEPOINTS)[number];

/** One event, as a trace shows it or as the model has it. */
export interface Tracepoint {
  readonly name: TracepointName;
  /** What of it is compared: two events with the same key are equal. */
  readonly key: string;
  /** Accesses before it. */
  readonly access: number;
  /** Of the trace file; 0 for the model's own. */
  readonly line: number;
}

/** Events by name, each in order. */
export type TracepointStreams = ReadonlyMap<TracepointName, readonly Tracepoint[]>;
