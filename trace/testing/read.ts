import { readFileSync } from 'node:fs';
import { constants, gunzipSync, inflateSync } from 'node:zlib';
import {
  isAccess,
  type OpenedTrace,
  type OpenTraceOptions,
  openTrace,
  RecordKind,
  SPACE_NAMES,
  type TraceStore,
} from '../index.ts';
import { encodeUtf8 } from '../text/utf8.ts';

/** A few registers, as a platform's tables would name them. */
export const REGISTERS = {
  offsets: new Map([
    ['RCS0.RING_TAIL', 0x2030],
    ['RCS0.RING_HEAD', 0x2034],
    ['RCS0.RING_START', 0x2038],
    ['RCS0.RING_CTL', 0x203c],
    ['RCS0.RING_HWS_PGA', 0x2080],
  ]),
  offsetOf(name: string): number | undefined {
    return this.offsets.get(name);
  },
};

/** Unpacks zlib, also what is cut off. */
export function unpack(packed: Uint8Array, most: number): Uint8Array {
  return inflateSync(packed, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
}

/** Opens a text or bytes that come in one piece. */
export function openText(
  text: string | Uint8Array,
  options: OpenTraceOptions = { registers: REGISTERS },
): Promise<OpenedTrace> {
  return openTrace([typeof text === 'string' ? encodeUtf8(text) : text], options);
}

/** A sample's bytes, unpacked. */
export function sample(name: string): Uint8Array {
  const packed = readFileSync(new URL(`../../samples/${name}`, import.meta.url));
  return name.endsWith('.gz') ? gunzipSync(packed) : packed;
}

/** Whole lines `from` to `to` (1-based, inclusive) of a file. */
export function excerpt(bytes: Uint8Array, from: number, to: number): Uint8Array {
  let start = 0;
  for (let line = 1; line < from; line++) start = bytes.indexOf(10, start) + 1;
  let end = start;
  for (let line = from; line <= to; line++) end = bytes.indexOf(10, end) + 1;
  return bytes.slice(start, end);
}

const KIND_NAMES = new Map<number, string>(
  Object.entries(RecordKind).map(([name, kind]) => [kind, name]),
);

/** One record as a plain object, all of it. */
export function describe(store: TraceStore, record: number): Record<string, unknown> {
  return {
    kind: KIND_NAMES.get(store.kind(record)),
    access: isAccess(store.kind(record)),
    space: SPACE_NAMES[store.space(record)],
    size: store.size(record),
    offset: store.offset(record),
    low: store.low(record),
    high: store.high(record),
    known: store.valueKnown(record),
    symbolic: store.isSymbolic(record),
    timeNs: store.timeNs(record),
    line: store.line(record),
    stack: store.stack(record),
    text: store.text(record),
    bytes: [...store.bytes(record)],
  };
}

/** Every record and every diagnostic: what must not depend on how the file was cut into pieces. */
export function describeAll(trace: OpenedTrace): unknown {
  const records = Array.from({ length: trace.store.length }, (_, i) => describe(trace.store, i));
  return { format: trace.format?.id, records, device: trace.device, problems: trace.diagnostics };
}
