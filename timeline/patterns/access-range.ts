import { Space, type Space as SpaceId } from '../../trace/index.ts';
import { REGISTER_BYTES } from '../register-directory.ts';

/** Bytes of one space, both ends inclusive. */
export interface AccessRange {
  readonly space: SpaceId;
  readonly first: number;
  readonly last: number;
}

/** Says quickly whether an access touches any of a set of ranges. */
export class AccessMatcher {
  readonly ranges: readonly AccessRange[];
  /** One byte per register dword: one load per access where most of the accesses go. */
  readonly #dwords: Uint8Array | undefined;
  readonly #rest: readonly AccessRange[];

  constructor(ranges: readonly AccessRange[]) {
    this.ranges = ranges;
    const registers = ranges.filter(
      (range) => range.space === Space.mmio && range.first < REGISTER_BYTES,
    );
    this.#rest = ranges.filter(
      (range) => range.space !== Space.mmio || range.last >= REGISTER_BYTES,
    );
    if (registers.length > 0) this.#dwords = dwordMap(registers);
  }

  /** Offset and size in bytes, as in a record. */
  matches(space: number, offset: number, size: number): boolean {
    if (space === Space.mmio && offset < REGISTER_BYTES) {
      const map = this.#dwords;
      if (map === undefined) return false;
      // An access of 8 bytes touches two dwords.
      return map[offset >>> 2] === 1 || (size > 4 && map[(offset + size - 1) >>> 2] === 1);
    }
    for (const range of this.#rest) {
      if (range.space === space && offset <= range.last && offset + size > range.first) return true;
    }
    return false;
  }
}

/** Accesses that any of the matchers matches. */
export function unionOf(matchers: readonly AccessMatcher[]): AccessMatcher {
  return new AccessMatcher(matchers.flatMap((matcher) => matcher.ranges));
}

function dwordMap(ranges: readonly AccessRange[]): Uint8Array {
  const map = new Uint8Array(REGISTER_BYTES / 4);
  for (const range of ranges) {
    map.fill(1, range.first >>> 2, (Math.min(range.last, REGISTER_BYTES - 1) >>> 2) + 1);
  }
  return map;
}
