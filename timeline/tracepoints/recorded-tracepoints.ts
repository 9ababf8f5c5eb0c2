import { isAccess, RecordKind, type TraceStore } from '../../trace/index.ts';
import { shownEventKey } from './event-names.ts';
import { causeOf, commandKey, hexKey, interruptKey, tableKey, writeKey } from './keys.ts';
import type { Tracepoint, TracepointName, TracepointStreams } from './tracepoint.ts';

/** Groups of a match; those that are not there are empty. */
type Groups = readonly string[];

interface Form {
  readonly name: TracepointName;
  readonly pattern: RegExp;
  /** Undefined where the event's key cannot be told. */
  key(groups: Groups, tables: Map<string, number>): string | undefined;
}

const hexOf = (text = '') => Number.parseInt(text, 16);

/** Tables have addresses that are hashed; the frames of their pages are known from spt_alloc. */
function ofTable(
  tables: Map<string, number>,
  what: string,
  pointer: string | undefined,
  type?: string,
): string | undefined {
  const frame = tables.get(pointer ?? '');
  return frame === undefined
    ? undefined
    : tableKey(what, frame, type === undefined ? undefined : Number(type));
}

/** The text of each event behind its name (gvt-facts §13.1). */
const FORMS: readonly Form[] = [
  {
    name: 'write_ir',
    pattern:
      /^VM\d+ write \[(\w+)\] ([0-9a-f]+), new ([0-9a-f]+), old ([0-9a-f]+), changed ([0-9a-f]+)$/,
    key: ([name = '', offset, written, previous, changed]) =>
      writeKey({
        name,
        offset: hexOf(offset),
        written: hexOf(written),
        previous: hexOf(previous),
        changed: hexOf(changed),
      }),
  },
  {
    name: 'propagate_event',
    pattern: /^Set bit \((\d+)\) for \((.*)\) for vgpu \(\d+\)$/,
    key: ([bit, name = '']) => shownEventKey(Number(bit), name),
  },
  {
    name: 'spt_alloc',
    pattern: /^VM\d+ \[alloc\] spt (\S+) type (\d+) mfn 0x[0-9a-f]+ (?:gpt_)?gfn 0x([0-9a-f]+)$/,
    key: ([pointer = '', type, frame], tables) => {
      tables.set(pointer, hexOf(frame));
      return tableKey('alloc', hexOf(frame), Number(type));
    },
  },
  {
    name: 'spt_free',
    pattern: /^VM\d+ \[free\] spt (\S+) type (\d+)$/,
    key: ([pointer, type], tables) => ofTable(tables, 'free', pointer, type),
  },
  {
    name: 'spt_change',
    pattern: /^VM\d+ \[([^\]]+)\] spt \S+ gfn 0x([0-9a-f]+) type (\d+)$/,
    key: ([tag = '', frame, type]) => tableKey(tag, hexOf(frame), Number(type)),
  },
  {
    name: 'spt_refcount',
    pattern: /^VM\d+ \[(\w+)\] spt (\S+) before (\d+) -> after (\d+)$/,
    key: ([tag, pointer, before, after], tables) =>
      ofTable(tables, `${tag} ${before} -> ${after}`, pointer),
  },
  {
    name: 'spt_guest_change',
    pattern: /^VM\d+ \[([^\]]+)\] spt (\S+) type (\d+) entry 0x([0-9a-f]+) index 0x([0-9a-f]+)$/,
    key: ([tag = '', pointer = '', type, entry, index], tables) => {
      // Of what GVT-g takes away, or puts in its own tables, the entry is the host's.
      const isGuests = tag === 'add' || tag === 'shadow_ppgtt_mm';
      const what = `${tag}${isGuests ? ` ${entry}` : ''} at ${hexKey(hexOf(index))}`;
      if (/^0+$/.test(pointer)) return tableKey(what, undefined, Number(type));
      return ofTable(tables, what, pointer, type);
    },
  },
];

const OOS = /^(oos_change|oos_sync): (.*)$/;

/** GVT-g's events in a trace, but for those that are asked about as replay comes to them (`AskedTracepoints`). */
export function recordedTracepoints(store: TraceStore, vgpu?: number): TracepointStreams {
  const streams = new Map<TracepointName, Tracepoint[]>();
  const tables = new Map<string, number>();
  let access = 0;
  let cause = '';
  for (let record = 0; record < store.length; record++) {
    const kind = store.kind(record);
    if (isAccess(kind)) access++;
    const text = kind === RecordKind.note ? store.text(record) : '';
    if (!isAbout(text, vgpu)) continue;
    const found = tracepointOf(store, record, kind, tables, cause);
    if (found === undefined) continue;
    cause = causeOf(found) ?? cause;
    const event = { ...found, access, line: store.line(record) };
    const stream = streams.get(found.name);
    if (stream === undefined) streams.set(found.name, [event]);
    else stream.push(event);
  }
  // Interrupts alone are shown by other logs, too.
  const isOfGvtG = [...streams.keys()].some((name) => name !== 'inject_msi');
  return isOfGvtG ? streams : new Map();
}

const VGPUS = /\bVM(\d+)\b|\bvgpu ?\((\d+)\)/g;

/** Whether an event is one of this vGPU's, or of none in particular. */
export function isAbout(text: string, vgpu: number | undefined): boolean {
  if (vgpu === undefined || text === '') return true;
  const named = [...text.matchAll(VGPUS)].map(([, id, other]) => Number(id ?? other));
  return named.length === 0 || named.includes(vgpu);
}

function tracepointOf(
  store: TraceStore,
  record: number,
  kind: RecordKind,
  tables: Map<string, number>,
  cause: string,
): Pick<Tracepoint, 'name' | 'key'> | undefined {
  if (kind === RecordKind.command) return commandOf(store.text(record));
  if (kind === RecordKind.interrupt) {
    const key = interruptKey(store.offset(record), store.low(record), cause);
    return { name: 'inject_msi', key };
  }
  return kind === RecordKind.note ? noteOf(store.text(record), tables) : undefined;
}

function noteOf(
  text: string,
  tables: Map<string, number>,
): Pick<Tracepoint, 'name' | 'key'> | undefined {
  const colon = text.indexOf(': ');
  const name = text.slice(0, colon);
  const form = FORMS.find((each) => each.name === name);
  const match = form?.pattern.exec(text.slice(colon + 2));
  if (form !== undefined && match) {
    const key = form.key(match.slice(1), tables);
    return key === undefined ? undefined : { name: form.name, key };
  }
  const oos = OOS.exec(text);
  if (oos?.[1] === 'oos_change' || oos?.[1] === 'oos_sync') {
    return { name: oos[1], key: oos[2] ?? '' };
  }
  return undefined;
}

/** `rcs0 ring@ggtt:27ffc000 7a000004 … NAME`. */
function commandOf(text: string): Pick<Tracepoint, 'name' | 'key'> | undefined {
  const match = /^([a-z0-9]+) (\w+)@ggtt:([0-9a-f]+)((?: [0-9a-f]{8})+)/.exec(text);
  const [, engine = '', level = '', place, dwords = ''] = match ?? [];
  if (match === null) return undefined;
  const values = dwords.trim().split(' ').map(hexOf);
  return { name: 'gvt_command', key: commandKey(engine, level, hexOf(place), values) };
}
