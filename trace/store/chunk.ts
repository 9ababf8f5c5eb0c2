/** Records in a full chunk; a record's chunk is its index >>> 16, its place in it index & 0xffff. */
export const CHUNK_RECORDS = 65_536;

/** Bits of the `sizeFlags` column: bytes of the access, then flags. */
export const SIZE_MASK = 0x0f;
/** The value was not recorded (a read whose answer is not there). */
export const VALUE_UNKNOWN = 0x10;
/** The line was written in the symbolic form: by hand, a read's value is an expectation. */
export const SYMBOLIC = 0x20;
/** Of an `unknownAccess`: which way it went; neither bit where that is not known. */
export const OUTSIDE_READ = 0x40;
export const OUTSIDE_WRITE = 0x80;

/** Highest time that a record can have, in microseconds: nanoseconds must stay exact in a `number`. */
export const MAX_MICROS = 9e12;

/**
 * The columns of up to 65,536 records: 18 bytes a record, and those columns that few traces need
 * (upper halves, call stacks) only where a record of the chunk has them.
 * Hot loops may read the columns directly; indexes run from 0 to `length` − 1.
 */
export class TraceChunk {
  length = 0;
  /** Records that there is room for. */
  readonly capacity: number;
  /** RecordKind in the lower half, Space in the upper. */
  kindSpace: Uint8Array;
  /** Bytes of the access (0, 1, 2, 4, 8) and the flags VALUE_UNKNOWN, SYMBOLIC, OUTSIDE_READ, OUTSIDE_WRITE. */
  sizeFlags: Uint8Array;
  offset: Uint32Array;
  /** Bits 32–47 of the offset. */
  offsetHigh: Uint16Array | undefined;
  low: Uint32Array;
  high: Uint32Array | undefined;
  /** Microseconds since `timeBase`. */
  time: Uint32Array;
  timeHigh: Uint16Array | undefined;
  /** Microseconds since the trace's zero. */
  timeBase: number;
  line: Uint32Array;
  /** Id in the stack table; 0 for none. */
  stack: Uint32Array | undefined;
  /** Of several recordings in one store: number of the record's own. */
  guest: Uint8Array | undefined;

  constructor(timeBase: number, capacity = CHUNK_RECORDS) {
    this.timeBase = timeBase;
    this.capacity = capacity;
    this.kindSpace = new Uint8Array(capacity);
    this.sizeFlags = new Uint8Array(capacity);
    this.offset = new Uint32Array(capacity);
    this.low = new Uint32Array(capacity);
    this.time = new Uint32Array(capacity);
    this.line = new Uint32Array(capacity);
    this.offsetHigh = undefined;
    this.high = undefined;
    this.timeHigh = undefined;
    this.stack = undefined;
    this.guest = undefined;
  }

  /** Gives back what a chunk that is not full does not need. */
  trim(): void {
    const n = this.length;
    this.kindSpace = this.kindSpace.slice(0, n);
    this.sizeFlags = this.sizeFlags.slice(0, n);
    this.offset = this.offset.slice(0, n);
    this.offsetHigh = this.offsetHigh?.slice(0, n);
    this.low = this.low.slice(0, n);
    this.high = this.high?.slice(0, n);
    this.time = this.time.slice(0, n);
    this.timeHigh = this.timeHigh?.slice(0, n);
    this.line = this.line.slice(0, n);
    this.stack = this.stack?.slice(0, n);
    this.guest = this.guest?.slice(0, n);
  }

  get bytesUsed(): number {
    const always = [this.kindSpace, this.sizeFlags, this.offset, this.low, this.time, this.line];
    const sometimes = [this.offsetHigh, this.high, this.timeHigh, this.stack, this.guest];
    let sum = 0;
    for (const column of [...always, ...sometimes]) sum += column?.byteLength ?? 0;
    return sum;
  }
}
