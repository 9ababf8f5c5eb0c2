import { RecordKind, type Space } from '../record.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import {
  CHUNK_RECORDS,
  OUTSIDE_READ,
  OUTSIDE_WRITE,
  SIZE_MASK,
  SYMBOLIC,
  type TraceChunk,
  VALUE_UNKNOWN,
} from './chunk.ts';
import type { Payloads } from './payloads.ts';
import type { StackTable } from './stack-table.ts';
import type { Texts } from './texts.ts';

const NO_BYTES = new Uint8Array(0);

/**
 * A trace's records in order, in columns. Records are numbered from 0; asking for one that is not there is a
 * mistake of the caller's and throws a RangeError.
 */
export class TraceStore {
  readonly length: number;
  /** All full but the last: record i stands in chunk i >>> 16 at i & 0xffff. For hot loops; not to be changed. */
  readonly chunks: readonly TraceChunk[];
  readonly #payloads: Payloads;
  readonly #texts: Texts;
  readonly #stacks: StackTable;

  constructor(chunks: readonly TraceChunk[], payloads: Payloads, texts: Texts, stacks: StackTable) {
    this.chunks = chunks;
    this.#payloads = payloads;
    this.#texts = texts;
    this.#stacks = stacks;
    const last = chunks.at(-1);
    this.length = last === undefined ? 0 : (chunks.length - 1) * CHUNK_RECORDS + last.length;
  }

  kind(record: number): RecordKind {
    // The column holds nothing but what packKind put there.
    return ((this.#chunk(record).kindSpace[record & 0xffff] ?? 0) & 0x0f) as RecordKind;
  }

  space(record: number): Space {
    // As above.
    return ((this.#chunk(record).kindSpace[record & 0xffff] ?? 0) >>> 4) as Space;
  }

  /** Bytes: 1, 2, 4, 8 for accesses, the length shown for memory, 0 where it has no meaning or is not known. */
  size(record: number): number {
    if (this.kind(record) === RecordKind.memory) return this.#payloads.lengthOf(record);
    return (this.#chunk(record).sizeFlags[record & 0xffff] ?? 0) & SIZE_MASK;
  }

  /** BAR or config offset, graphics or guest physical address (see `space`); below 2⁴⁸. */
  offset(record: number): number {
    const chunk = this.#chunk(record);
    const at = record & 0xffff;
    const high = chunk.offsetHigh === undefined ? 0 : (chunk.offsetHigh[at] ?? 0);
    return high * 2 ** 32 + (chunk.offset[at] ?? 0);
  }

  /**
   * Lower 32 bits of the value: the command's first dword, an MSI's data, a mapping's length; for an
   * `unknownAccess` without a value the instruction's first three bytes.
   */
  low(record: number): number {
    return this.#chunk(record).low[record & 0xffff] ?? 0;
  }

  /** Upper 32 bits of an 8-byte value, else 0. */
  high(record: number): number {
    return this.#chunk(record).high?.[record & 0xffff] ?? 0;
  }

  /** False for a read whose answer the trace does not have. */
  valueKnown(record: number): boolean {
    return ((this.#chunk(record).sizeFlags[record & 0xffff] ?? 0) & VALUE_UNKNOWN) === 0;
  }

  /** Whether the line has the symbolic form, which people write: a read's value is then an expectation. */
  isSymbolic(record: number): boolean {
    return ((this.#chunk(record).sizeFlags[record & 0xffff] ?? 0) & SYMBOLIC) !== 0;
  }

  /** Which way an access went; undefined where the trace does not say, and for what is no access. */
  direction(record: number): 'read' | 'write' | undefined {
    const kind = this.kind(record);
    if (kind === RecordKind.read) return 'read';
    if (kind === RecordKind.write) return 'write';
    const flags = this.#chunk(record).sizeFlags[record & 0xffff] ?? 0;
    if ((flags & OUTSIDE_READ) !== 0) return 'read';
    return (flags & OUTSIDE_WRITE) !== 0 ? 'write' : undefined;
  }

  /** Nanoseconds on the trace's own clock (steps of a microsecond); never less than that of the same guest's record before. */
  timeNs(record: number): number {
    const chunk = this.#chunk(record);
    const at = record & 0xffff;
    const high = chunk.timeHigh === undefined ? 0 : (chunk.timeHigh[at] ?? 0);
    return (chunk.timeBase + high * 2 ** 32 + (chunk.time[at] ?? 0)) * 1000;
  }

  /** 1-based line of the (inflated) file; for formats without lines, the packet's number. */
  line(record: number): number {
    return this.#chunk(record).line[record & 0xffff] ?? 0;
  }

  /** The guest's call stack, innermost function first; empty where the trace has none. */
  stack(record: number): readonly string[] {
    return this.#stacks.frames(this.stackId(record));
  }

  /** Equal for equal stacks; 0 for none. */
  stackId(record: number): number {
    return this.#chunk(record).stack?.[record & 0xffff] ?? 0;
  }

  /** Which of several recordings it is of; 0 where there is one. */
  guest(record: number): number {
    return this.#chunk(record).guest?.[record & 0xffff] ?? 0;
  }

  /** What `bytes` or `text` is made of; undefined where the record has neither. Not to be changed. */
  payload(record: number): Uint8Array | undefined {
    const isMemory = this.kind(record) === RecordKind.memory;
    return isMemory ? this.#payloads.get(record) : this.#texts.get(record);
  }

  /** Contents of memory that a `memory` record shows, else empty. Not a copy: not to be changed. */
  bytes(record: number): Uint8Array {
    if (this.kind(record) !== RecordKind.memory) return NO_BYTES;
    return this.#payloads.get(record) ?? NO_BYTES;
  }

  /** A note's text; for command, interrupt, deviceWrite … what the line says after its keyword; else empty. */
  text(record: number): string {
    if (this.kind(record) === RecordKind.memory) return '';
    const bytes = this.#texts.get(record);
    return bytes === undefined ? '' : decodeUtf8(bytes);
  }

  /** First record on `line` or after it; `length` where there is none. */
  recordAtLine(line: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.line(middle) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Bytes of memory that the columns, contents of memory, texts and stacks take. */
  get bytesUsed(): number {
    let sum = this.#payloads.bytesUsed + this.#texts.bytesUsed + this.#stacks.bytesUsed;
    for (const chunk of this.chunks) sum += chunk.bytesUsed;
    return sum;
  }

  #chunk(record: number): TraceChunk {
    const chunk = this.chunks[record >>> 16];
    if (chunk === undefined || !(record >= 0 && record < this.length)) {
      throw new RangeError(`there is no record ${record}: the trace has ${this.length}`);
    }
    return chunk;
  }
}
