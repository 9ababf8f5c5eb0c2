import { type LineCursor, literal } from '../text/line-cursor.ts';
import { readKvmMmio, readModelAccess, readRegisterAccess } from './access-events.ts';
import { type EventName, isNamed } from './event-head.ts';
import { addsToTable, maySubmit } from './held-begins.ts';
import type { ResultEvents } from './result-events.ts';
import type { ShownMemory } from './shown-memory.ts';
import type { AccessSources } from './sources.ts';

type ReadEvent = (
  cursor: LineCursor,
  sources: AccessSources,
  line: number,
  results: ResultEvents,
) => boolean | undefined;

/** What is done with the events of one name: some are records of their own, all others are notes. */
export interface EventRow {
  readonly name: Uint8Array;
  readonly record?: {
    /** How its text looks, for messages. */
    readonly shape: string;
    /** False where the text is malformed, undefined where the event is to be shown as a note. */
    readonly read: ReadEvent;
  };
  /** Whether the text is of a write that may submit work or announce a page table: GVT-g reads guest memory then. */
  submits?(cursor: LineCursor): boolean;
  /** Whether the text is of an entry that the guest wrote into a page table. */
  changesTable?(cursor: LineCursor): boolean;
  /** Tells what the text shows of guest memory; the cursor is behind the `VMn` or `vgpuN` that it begins with. */
  shows?(memory: ShownMemory, cursor: LineCursor): void;
}

const EVENT_ROWS: readonly EventRow[] = [
  {
    name: literal('kvm_mmio'),
    record: {
      shape: 'kvm_mmio: mmio read|write|unsatisfied-read len 1|2|4|8 gpa 0xADDRESS val 0xVALUE',
      read: readKvmMmio,
    },
    submits: maySubmit,
  },
  {
    name: literal('i915_reg_rw'),
    record: {
      shape: 'i915_reg_rw: read|write reg=0xOFFSET, len=1|2|4|8, val=(0xLOW, 0xHIGH)',
      read: readRegisterAccess,
    },
  },
  {
    name: literal('vgt_mmio_rw'),
    record: {
      shape: 'vgt_mmio_rw: VMn read|write offset 0xOFFSET data 0xVALUE byte 1|2|4|8',
      read: readModelAccess,
    },
  },
  {
    name: literal('inject_msi'),
    record: {
      shape: 'inject_msi: vgpuN:inject msi address ADDRESS data DATA',
      read: (cursor, _sources, line, results) => results.interrupt(cursor, line),
    },
  },
  {
    name: literal('gvt_command'),
    record: {
      shape:
        'gvt_command: vgpuN ring N: address_type N, buf_type N, ip_gma ADDRESS,cmd (name=NAME,len=N,raw cmd={0x…}), workload=POINTER',
      read: (cursor, _sources, line, results) => results.command(cursor, line),
    },
    shows: (memory, cursor) => memory.command(cursor),
  },
  { name: literal('gma_translate'), shows: (memory, cursor) => memory.translate(cursor) },
  { name: literal('spt_refcount'), shows: ({ tables }, cursor) => tables.counted(cursor) },
  { name: literal('spt_change'), shows: (memory, cursor) => memory.changed(cursor) },
  { name: literal('spt_alloc'), shows: ({ tables }, cursor) => tables.alloc(cursor) },
  {
    name: literal('spt_guest_change'),
    changesTable: addsToTable,
    shows: (memory, cursor) => memory.root(cursor),
  },
];

/** Rows by the length of their names: a log has many events, and few names are as long as another. */
const BY_LENGTH = Array.from({ length: 32 }, (_, length) =>
  EVENT_ROWS.filter(({ name }) => name.length === length),
);

/** The row of an event's name; undefined where events of that name are only notes. */
export function rowOf(bytes: Uint8Array, name: EventName): EventRow | undefined {
  const rows = BY_LENGTH[name.end - name.start];
  if (rows === undefined) return undefined;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (row !== undefined && isNamed(bytes, name, row.name)) return row;
  }
  return undefined;
}
