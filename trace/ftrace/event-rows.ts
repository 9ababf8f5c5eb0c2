import { type LineCursor, literal } from '../text/line-cursor.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { readKvmMmio, readModelAccess, readRegisterAccess } from './access-events.ts';
import { type EventName, isNamed } from './event-head.ts';
import type { ResultEvents } from './result-events.ts';
import type { AccessSources } from './sources.ts';

interface EventRow {
  readonly name: Uint8Array;
  /** How its text looks, for messages. */
  readonly shape: string;
  /** False where the text is malformed, undefined where the event is to be shown as a note. */
  read(
    cursor: LineCursor,
    sources: AccessSources,
    line: number,
    results: ResultEvents,
  ): boolean | undefined;
}

/** Events that are more than notes, the frequent ones first. */
const EVENT_ROWS: readonly EventRow[] = [
  {
    name: literal('kvm_mmio'),
    shape: 'kvm_mmio: mmio read|write|unsatisfied-read len 1|2|4|8 gpa 0xADDRESS val 0xVALUE',
    read: readKvmMmio,
  },
  {
    name: literal('i915_reg_rw'),
    shape: 'i915_reg_rw: read|write reg=0xOFFSET, len=1|2|4|8, val=(0xLOW, 0xHIGH)',
    read: readRegisterAccess,
  },
  {
    name: literal('vgt_mmio_rw'),
    shape: 'vgt_mmio_rw: VMn read|write offset 0xOFFSET data 0xVALUE byte 1|2|4|8',
    read: readModelAccess,
  },
  {
    name: literal('inject_msi'),
    shape: 'inject_msi: vgpuN:inject msi address ADDRESS data DATA',
    read: (cursor, _sources, line, results) => results.interrupt(payloadOf(cursor), line),
  },
  {
    name: literal('gvt_command'),
    shape:
      'gvt_command: vgpuN ring N: address_type N, buf_type N, ip_gma ADDRESS,cmd (name=NAME,len=N,raw cmd={0x…}), workload=POINTER',
    read: (cursor, _sources, line, results) => results.command(payloadOf(cursor), line),
  },
];

/**
 * Reads the event under the cursor. Returns undefined where it has been stored, an empty text where it is to be
 * shown as a note, else how it should look.
 */
export function readEvent(
  cursor: LineCursor,
  name: EventName,
  sources: AccessSources,
  results: ResultEvents,
  line: number,
): string | undefined {
  for (const row of EVENT_ROWS) {
    if (!isNamed(cursor.bytes, name, row.name)) continue;
    const result = row.read(cursor, sources, line, results);
    if (result === undefined) return '';
    return result ? undefined : row.shape;
  }
  return '';
}

function payloadOf(cursor: LineCursor): string {
  return decodeUtf8(cursor.bytes, cursor.at, cursor.end).trimEnd();
}
