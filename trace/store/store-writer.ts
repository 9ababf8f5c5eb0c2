import { RecordKind, Space } from '../record.ts';
import type { U64 } from '../text/numbers.ts';
import { CHUNK_RECORDS, MAX_MICROS, OUTSIDE_READ, OUTSIDE_WRITE, TraceChunk } from './chunk.ts';
import { Payloads } from './payloads.ts';
import { type Placed, type Placement, placeAccesses } from './place-accesses.ts';
import { StackTable } from './stack-table.ts';
import { Texts } from './texts.ts';
import { TraceStore } from './trace-store.ts';

/** A kind and a space as the store keeps them, in one byte. */
export function packKind(kind: RecordKind, space: Space): number {
  return kind | (space << 4);
}

const OUTSIDE = RecordKind.unknownAccess | (Space.memory << 4);
const NOTE = RecordKind.note | (Space.mmio << 4);

/** Fills a store, record by record. The setters complete the record that was appended last. */
export class StoreWriter {
  readonly #chunks: TraceChunk[] = [];
  readonly #payloads = new Payloads();
  readonly #texts = new Texts();
  readonly #stacks = new StackTable();
  #chunk: TraceChunk;
  #finished = 0;
  #micros = 0;
  #timeLow = 0;
  #timeHigh = 0;

  /** Records are of several recordings, whose times have nothing to do with each other. */
  readonly #severalClocks: boolean;

  /** `most`: records that will be appended at most, where that is known to be few. */
  constructor(most = CHUNK_RECORDS, severalClocks = false) {
    this.#severalClocks = severalClocks;
    this.#chunk = new TraceChunk(0, Math.min(most, CHUNK_RECORDS));
    this.#chunks.push(this.#chunk);
  }

  get length(): number {
    return this.#finished + this.#chunk.length;
  }

  /** Microseconds of what is appended next. */
  get micros(): number {
    return this.#micros;
  }

  /**
   * Sets the time of what follows, in microseconds. Returns false, and changes nothing, where it would run back; with
   * several clocks it may.
   */
  advanceTo(micros: number): boolean {
    if ((micros < this.#micros && !this.#severalClocks) || micros > MAX_MICROS) return false;
    this.#micros = micros;
    if (this.#chunk.length === 0 && !this.#severalClocks) this.#chunk.timeBase = micros;
    this.#splitTime();
    return true;
  }

  /** `kindSpace` as `packKind` makes it, `sizeFlags` as in TraceChunk; offset and value are taken modulo 2³². */
  append(kindSpace: number, sizeFlags: number, offset: number, low: number, line: number): void {
    let chunk = this.#chunk;
    if (chunk.length === CHUNK_RECORDS) chunk = this.#nextChunk();
    const at = chunk.length++;
    chunk.kindSpace[at] = kindSpace;
    chunk.sizeFlags[at] = sizeFlags;
    chunk.offset[at] = offset;
    chunk.low[at] = low;
    chunk.time[at] = this.#timeLow;
    chunk.line[at] = line;
    if (this.#timeHigh !== 0) this.#setTimeHigh();
  }

  /** The same for offsets of up to 48 bits and values of up to 64. */
  appendWide(kindSpace: number, sizeFlags: number, offset: number, value: U64, line: number): void {
    this.append(kindSpace, sizeFlags, offset % 2 ** 32, value.low, line);
    if (offset >= 2 ** 32) this.#setOffsetHigh(Math.floor(offset / 2 ** 32));
    if (value.high !== 0) this.setHigh(value.high);
  }

  /**
   * An access to an address of which it is not known, or not known yet, whether it is the device's: see `place`.
   * The address has up to 48 bits.
   */
  appendOutside(
    isWrite: boolean,
    sizeFlags: number,
    address: number,
    low: number,
    high: number,
    line: number,
  ): void {
    const direction = isWrite ? OUTSIDE_WRITE : OUTSIDE_READ;
    this.append(OUTSIDE, sizeFlags | direction, address, low, line);
    if (address >= 2 ** 32) this.#setOffsetHigh(Math.floor(address / 2 ** 32));
    if (high !== 0) this.setHigh(high);
  }

  /** Makes the accesses in these places accesses of the device. */
  place(placements: readonly Placement[]): Placed {
    return placeAccesses(this.#chunks, placements);
  }

  /** A note: `bytes[start, end)`, copied. */
  appendNote(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.append(NOTE, 0, 0, 0, line);
    this.setPayload(bytes, start, end);
  }

  setHigh(high: number): void {
    this.#chunk.high ??= new Uint32Array(this.#chunk.capacity);
    this.#chunk.high[this.#chunk.length - 1] = high;
  }

  /** Call stack as written in `bytes[start, end)`: `f0 < f1 < …`. */
  setStack(bytes: Uint8Array, start: number, end: number): void {
    this.#chunk.stack ??= new Uint32Array(this.#chunk.capacity);
    this.#chunk.stack[this.#chunk.length - 1] = this.#stacks.intern(bytes, start, end);
  }

  /** Which of several recordings the record is of, 0 to 255. */
  setGuest(guest: number): void {
    if (guest === 0 && this.#chunk.guest === undefined) return;
    this.#chunk.guest ??= new Uint8Array(this.#chunk.capacity);
    this.#chunk.guest[this.#chunk.length - 1] = guest;
  }

  /** Text or contents of memory: `bytes[start, end)`, copied. */
  setPayload(bytes: Uint8Array, start: number, end: number): void {
    const kind = (this.#chunk.kindSpace[this.#chunk.length - 1] ?? 0) & 0x0f;
    const where = kind === RecordKind.memory ? this.#payloads : this.#texts;
    where.add(this.length - 1, bytes, start, end);
  }

  /** The store; nothing may be appended afterwards. */
  finish(): TraceStore {
    this.#chunk.trim();
    this.#payloads.trim();
    this.#texts.trim();
    this.#stacks.finish();
    return new TraceStore(this.#chunks, this.#payloads, this.#texts, this.#stacks);
  }

  #nextChunk(): TraceChunk {
    this.#finished += this.#chunk.length;
    this.#chunk = new TraceChunk(this.#severalClocks ? 0 : this.#micros);
    this.#chunks.push(this.#chunk);
    this.#splitTime();
    return this.#chunk;
  }

  #setOffsetHigh(high: number): void {
    this.#chunk.offsetHigh ??= new Uint16Array(this.#chunk.capacity);
    this.#chunk.offsetHigh[this.#chunk.length - 1] = high;
  }

  #splitTime(): void {
    const since = this.#micros - this.#chunk.timeBase;
    this.#timeLow = since % 2 ** 32;
    this.#timeHigh = Math.floor(since / 2 ** 32);
  }

  #setTimeHigh(): void {
    this.#chunk.timeHigh ??= new Uint16Array(this.#chunk.capacity);
    this.#chunk.timeHigh[this.#chunk.length - 1] = this.#timeHigh;
  }
}
