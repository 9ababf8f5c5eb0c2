import { type LineCursor, literal } from '../text/line-cursor.ts';

const RING = literal(' ring ');
const ADDRESS_TYPE = literal(': address_type ');
const BUFFER_TYPE = literal(', buf_type ');
const PLACE = literal(', ip_gma ');
const NAME = literal(',cmd (name=');
const LENGTH = literal(',len=');
const RAW = literal(',raw cmd={');
const WORKLOAD = literal('}), workload=');
const COMMA = 44;
const BUFFER_TYPES = 4;

/**
 * The event `gvt_command`: `vgpuN ring N: address_type N, buf_type N, ip_gma ADDRESS,cmd (name=NAME,len=N,raw
 * cmd={0x…,…}), workload=POINTER` (drivers/gpu/drm/i915/gvt/trace.h). The fields are those of the event that was read
 * last.
 */
export class CommandEvent {
  /** The kernel's number of the engine. */
  ring = 0;
  isPpgtt = false;
  /** GVT-g's buf_type, 0 to 3. */
  bufferType = 0;
  /** Graphics address, below 2⁴⁸. */
  gma = 0;
  /** Where the command's name stands in the bytes of the line. */
  readonly name = { start: 0, end: 0 };
  dwords = new Uint32Array(64);
  /** Dwords that it has, one at least. */
  count = 0;

  /** The cursor is behind `vgpuN`. False where the text is none; the fields have no meaning then. */
  read(cursor: LineCursor): boolean {
    return this.#place(cursor) && this.#command(cursor);
  }

  #place(cursor: LineCursor): boolean {
    if (!cursor.take(RING)) return false;
    this.ring = cursor.decimal();
    if (this.ring < 0 || !cursor.take(ADDRESS_TYPE)) return false;
    const addressType = cursor.decimal();
    this.isPpgtt = addressType === 1;
    if (addressType < 0 || addressType > 1 || !cursor.take(BUFFER_TYPE)) return false;
    this.bufferType = cursor.decimal();
    if (this.bufferType < 0 || this.bufferType >= BUFFER_TYPES) return false;
    if (!cursor.take(PLACE)) return false;
    this.gma = cursor.address();
    return this.gma >= 0;
  }

  #command(cursor: LineCursor): boolean {
    if (!cursor.take(NAME)) return false;
    this.name.start = cursor.at;
    if (!cursor.find(COMMA)) return false;
    this.name.end = cursor.at;
    if (!cursor.take(LENGTH) || cursor.decimal() < 0 || !cursor.take(RAW)) return false;
    this.count = 0;
    while (!cursor.take(WORKLOAD)) {
      if (!cursor.hexadecimal()) return false;
      this.#push(cursor.low);
      // Some kernels print one behind the last as well.
      cursor.takeCode(COMMA);
    }
    return this.count > 0;
  }

  #push(dword: number): void {
    if (this.count === this.dwords.length) {
      const larger = new Uint32Array(this.count * 2);
      larger.set(this.dwords);
      this.dwords = larger;
    }
    this.dwords[this.count++] = dword;
  }
}
