/** Parts of a place in the symbolic form: columns in the place's own text. */
export interface PlaceParts {
  /** `RCS0`, where the register is an engine's. */
  readonly engine: PlacePart | undefined;
  readonly register: PlacePart | undefined;
  /** `ggtt`, and the address in its brackets. */
  readonly table: PlacePart | undefined;
  readonly numbers: readonly PlacePart[];
  readonly operators: readonly PlacePart[];
}

export interface PlacePart {
  readonly start: number;
  readonly end: number;
}

/** Takes `RCS0.RING_TAIL+4`, `ggtt[0x1000]+4`, `0x44200` apart. */
export function placeParts(place: string): PlaceParts {
  const plus = place.lastIndexOf('+');
  const base = plus < 0 ? place : place.slice(0, plus);
  const added = plus < 0 ? [] : [{ start: plus + 1, end: place.length }];
  const operators = plus < 0 ? [] : [{ start: plus, end: plus + 1 }];
  const none = { engine: undefined, register: undefined, table: undefined };
  if (/^[0-9]/.test(base)) {
    return { ...none, numbers: [{ start: 0, end: base.length }, ...added], operators };
  }
  if (base.startsWith('ggtt[')) {
    const end = base.endsWith(']') ? base.length - 1 : base.length;
    const numbers = [{ start: 5, end }, ...added].filter((part) => part.end > part.start);
    return { ...none, table: { start: 0, end: 4 }, numbers, operators };
  }
  const dot = base.indexOf('.');
  return {
    ...none,
    engine: dot > 0 ? { start: 0, end: dot } : undefined,
    register: { start: dot + 1, end: base.length },
    numbers: added.filter((part) => part.end > part.start),
    operators,
  };
}
