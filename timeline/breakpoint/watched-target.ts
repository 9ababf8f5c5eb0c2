import type { Answer, DeviceModel } from '../../emulator/index.ts';
import { Space } from '../../trace/index.ts';
import type { DataTarget } from '../data-target.ts';
import type { AccessRange } from '../patterns/access-range.ts';
import { BAR0_BYTES, GGTT_OFFSET, hex, PTE_BYTES, pteOffsetOf } from '../register-directory.ts';

/** Larger ranges than a page are no longer a thing that one watches. */
export const MOST_WATCHED_BYTES = 4096;
const CONFIG_BYTES = 4096;
const ALL = 0xffffffff;

/** Up to 8 bytes of a target, and what they held when they were looked at last. */
interface Piece {
  readonly address: number;
  readonly size: number;
  /** Of a device that guests share, one for each. */
  seen: readonly Answer[];
}

/** How a target's value changed: of a large one, its first changed 8 bytes. */
export interface TargetChange {
  readonly address: number;
  readonly size: number;
  readonly previous: Answer;
  readonly next: Answer;
  /** Of a device that guests share: whose it is. */
  readonly guest?: number;
}

/** A place that a data breakpoint watches. GGTT entries are watched where they stand in BAR0. */
export class WatchedTarget {
  readonly space: 'mmio' | 'config' | 'memory';
  /** First byte. */
  readonly address: number;
  /** Bytes. */
  readonly size: number;
  readonly bits: { readonly low: number; readonly high: number } | undefined;
  readonly #pieces: readonly Piece[];
  readonly #maskLow: number;
  readonly #maskHigh: number;

  /** Of several guests, whose alone it is; undefined: any guest's. */
  readonly #guest: number | undefined;

  /** `target` must have passed `targetProblem`. */
  constructor(target: DataTarget, guest?: number) {
    this.#guest = guest;
    const isEntry = target.space === 'ggtt';
    this.space = target.space === 'ggtt' ? 'mmio' : target.space;
    this.address = isEntry ? pteOffsetOf(target.address) : target.address;
    this.size = isEntry ? PTE_BYTES : target.size;
    this.bits = target.bits;
    this.#pieces = piecesOf(this.address, this.size);
    this.#maskLow = maskWord(target.bits, 0);
    this.#maskHigh = maskWord(target.bits, 32);
  }

  /** The accesses that reach it by its own address; none for guest memory. */
  get range(): AccessRange | undefined {
    if (this.space === 'memory') return undefined;
    const space = this.space === 'mmio' ? Space.mmio : Space.config;
    return { space, first: this.address, last: this.address + this.size - 1 };
  }

  overlaps(address: number, size: number): boolean {
    return address < this.address + this.size && address + size > this.address;
  }

  /** Looks at it, so that `change` compares with now. */
  refresh(device: DeviceModel): void {
    for (const piece of this.#pieces) {
      piece.seen = this.#look(device, piece);
    }
  }

  /** What changed of the watched bits since it was looked at last, if anything. Looks again. */
  change(device: DeviceModel): TargetChange | undefined {
    const [only] = this.#pieces;
    if (this.#pieces.length === 1 && only !== undefined && device.guests === undefined) {
      return this.#changeOf(only, device);
    }
    let found: TargetChange | undefined;
    for (const piece of this.#pieces) {
      const { address, size, seen } = piece;
      piece.seen = this.#look(device, piece);
      if (found !== undefined) continue;
      const which = piece.seen.findIndex((next, at) => this.#differs(seen[at] ?? UNKNOWN, next));
      if (which < 0) continue;
      const [previous, next] = [seen, piece.seen].map((all) =>
        this.#valueOf(all[which] ?? UNKNOWN),
      );
      if (previous === undefined || next === undefined) continue;
      const guest = device.guests === undefined ? {} : { guest: this.#guest ?? which };
      found = { address, size, previous, next, ...guest };
    }
    return found;
  }

  /** The same for one register of a device that is nobody else's: some are written by hundreds of thousands. */
  #changeOf(piece: Piece, device: DeviceModel): TargetChange | undefined {
    const { address, size } = piece;
    const [previous = UNKNOWN] = piece.seen;
    const next = device.peek(this.space, address, size);
    piece.seen = [next];
    if (!this.#differs(previous, next)) return undefined;
    return { address, size, previous: this.#valueOf(previous), next: this.#valueOf(next) };
  }

  /** Value and previous value for an access that need not have changed it. Looks again. */
  look(device: DeviceModel): TargetChange {
    const change = this.change(device);
    if (change !== undefined) return change;
    const [first] = this.#pieces;
    const size = first?.size ?? 0;
    const value = this.#valueOf(size === 0 ? UNKNOWN : device.peek(this.space, this.address, size));
    return { address: this.address, size, previous: value, next: value };
  }

  #look(device: DeviceModel, { address, size }: Piece): readonly Answer[] {
    const all = device.guests ?? [device];
    const owners = this.#guest === undefined ? all : [all[this.#guest] ?? device];
    return owners.map((owner) => owner.peek(this.space, address, size));
  }

  #differs(a: Answer, b: Answer): boolean {
    if (a.known !== b.known) return true;
    const low = (a.low ^ b.low) & this.#maskLow;
    return low !== 0 || ((a.high ^ b.high) & this.#maskHigh) !== 0;
  }

  #valueOf(whole: Answer): Answer {
    if (this.bits === undefined || !whole.known) return whole;
    const { low, high } = this.bits;
    const all = (BigInt(whole.high) << 32n) | BigInt(whole.low);
    const value = BigInt.asUintN(high - low + 1, all >> BigInt(low));
    return { low: Number(value & 0xffffffffn), high: Number(value >> 32n), known: true };
  }
}

const UNKNOWN: Answer = { low: 0, high: 0, known: false };

function piecesOf(address: number, size: number): Piece[] {
  const pieces: Piece[] = [];
  for (let done = 0; done < size; ) {
    const at = address + done;
    const piece = Math.min(size - done, 8 - (at % 8));
    pieces.push({ address: at, size: piece, seen: [] });
    done += piece;
  }
  return pieces;
}

/** The 32 bits from bit `base` on of a mask that covers `bits`, or everything. */
function maskWord(
  bits: { readonly low: number; readonly high: number } | undefined,
  base: number,
): number {
  if (bits === undefined) return ALL;
  const low = Math.max(0, bits.low - base);
  const high = Math.min(31, bits.high - base);
  if (low > 31 || high < 0) return 0;
  const width = high - low + 1;
  return width === 32 ? ALL : ((2 ** width - 1) << low) >>> 0;
}

/** Why a target cannot be watched, a sentence; undefined where it can. */
export function targetProblem(target: DataTarget): string | undefined {
  const { space, address, size, bits } = target;
  if (!Number.isSafeInteger(address) || address < 0 || !Number.isSafeInteger(size) || size < 1) {
    return `${space} ${address}, ${size} bytes, is not a place.`;
  }
  const end = space === 'ggtt' ? address + 1 : address + size;
  const limit = LIMITS[space];
  if (end > limit) return `${hex(address)} is beyond the end of ${space}, ${hex(limit)}.`;
  if (size > MOST_WATCHED_BYTES) {
    return `${size} bytes are too many to watch; at most ${MOST_WATCHED_BYTES} can be.`;
  }
  const width = space === 'ggtt' ? 64 : Math.min(size, 8) * 8;
  if (bits !== undefined && (bits.low < 0 || bits.high < bits.low || bits.high >= width)) {
    return `Bits ${bits.high}:${bits.low} are not among the ${width} bits that are watched.`;
  }
  return undefined;
}

const LIMITS: Readonly<Record<DataTarget['space'], number>> = {
  mmio: BAR0_BYTES,
  config: CONFIG_BYTES,
  // Entries for 4 GiB of graphics addresses (gvt-facts §5.1).
  ggtt: ((BAR0_BYTES - GGTT_OFFSET) / PTE_BYTES) * 4096,
  memory: 2 ** 48,
};
