/** Which half of which entry has been written while the other is missing; -1 where none is. */
export interface GgttHalves {
  /** The latest one, by itself because drivers complete entries at once. */
  index: number;
  /** 0: the low half is here; 4: the high half. */
  offset: number;
  /** Older ones: entry index → offset. */
  older: Record<string, number>;
  olderCount: number;
}

export function noHalves(): GgttHalves {
  return { index: -1, offset: 0, older: {}, olderCount: 0 };
}

/** Removes and returns the offset of the half that waits at this entry. */
export function takeHalf(halves: GgttHalves, index: number): number | undefined {
  if (halves.index === index) {
    halves.index = -1;
    return halves.offset;
  }
  if (halves.olderCount === 0) return undefined;
  const offset = halves.older[index];
  if (offset === undefined) return undefined;
  delete halves.older[index];
  halves.olderCount--;
  return offset;
}

export function parkHalf(halves: GgttHalves, index: number, offset: number): void {
  if (halves.index >= 0) {
    halves.older[halves.index] = halves.offset;
    halves.olderCount++;
  }
  halves.index = index;
  halves.offset = offset;
}

export function hasHalf(halves: GgttHalves, index: number): boolean {
  return halves.index === index || (halves.olderCount > 0 && halves.older[index] !== undefined);
}
