import {
  type OpenedTrace,
  RecordKind,
  type Snapshot,
  SPACE_NAMES,
  type TraceStore,
} from '../../trace/index.ts';

export type TraceInfo = ReturnType<typeof infoOf>;

/** Counts of records: by kind, and accesses by space. Kinds and spaces that do not occur are left out. */
interface Counts {
  readonly kinds: Record<string, number>;
  readonly spaces: Record<string, number>;
}

/** What a trace is, as plain data. */
export function infoOf(trace: OpenedTrace) {
  const { store, device } = trace;
  const { edid, ...monitor } = device.monitor ?? {};
  return {
    name: trace.name,
    format: trace.format?.id,
    title: trace.format?.title,
    bytes: trace.bytes,
    records: store.length,
    counts: countsOf(store),
    time: timeOf(store),
    ...(trace.snapshot === undefined ? {} : { snapshot: snapshotInfo(trace.snapshot) }),
    device: {
      ...device,
      ...(edid === undefined ? {} : { monitor: { ...monitor, edid: hexBytes(edid) } }),
    },
    diagnostics: trace.diagnostics,
  };
}

/** What a dump shows, without the contents. */
function snapshotInfo({ facts, registers, buffers, config, mmio }: Snapshot) {
  return {
    facts: facts.length,
    registers: registers.length,
    buffers: buffers.map(({ engine, name, address, bytes }) => ({
      engine,
      name,
      address,
      bytes: bytes.length,
    })),
    configBytes: config?.length ?? 0,
    mmioBytes: mmio?.length ?? 0,
  };
}

function countsOf(store: TraceStore): Counts {
  const cells = new Array<number>(256).fill(0);
  for (const chunk of store.chunks) {
    for (let i = 0; i < chunk.length; i++) {
      const cell = chunk.kindSpace[i] ?? 0;
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
  }
  const kinds: Record<string, number> = {};
  const spaces: Record<string, number> = {};
  for (const [name, kind] of Object.entries(RecordKind)) {
    const bySpace = SPACE_NAMES.map((_, space) => cells[(space << 4) | kind] ?? 0);
    const total = bySpace.reduce((sum, count) => sum + count, 0);
    if (total > 0) kinds[name] = total;
    if (kind !== RecordKind.read && kind !== RecordKind.write) continue;
    for (const [space, count] of bySpace.entries()) {
      const spaceName = SPACE_NAMES[space];
      if (count > 0 && spaceName !== undefined)
        spaces[spaceName] = (spaces[spaceName] ?? 0) + count;
    }
  }
  return { kinds, spaces };
}

/** First and last record's time in seconds on the trace's own clock; null where there are no records. */
function timeOf(store: TraceStore): { from: number; to: number; seconds: number } | null {
  if (store.length === 0) return null;
  const from = store.timeNs(0) / 1e9;
  const to = store.timeNs(store.length - 1) / 1e9;
  return { from, to, seconds: Number((to - from).toFixed(9)) };
}

function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
