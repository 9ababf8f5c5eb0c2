/** Parts of a place in the symbolic form: columns in the place's own text. */
export interface PlaceParts {
  /** `RCS0`, where the register is an engine's. */
  readonly engine: PlacePart | undefined;
  /** The register, or a label in its stead. */
  readonly register: PlacePart | undefined;
  /** `ggtt`. */
  readonly table: PlacePart | undefined;
  /** Labels in the brackets of `ggtt[…]`. */
  readonly names: readonly PlacePart[];
  readonly numbers: readonly PlacePart[];
  readonly operators: readonly PlacePart[];
}

export interface PlacePart {
  readonly start: number;
  readonly end: number;
}

const NONE = { engine: undefined, register: undefined, table: undefined, names: [] };

/** Takes `RCS0.RING_TAIL+4`, `ggtt[ring+0x1000]+4`, `0x44200` apart. */
export function placeParts(place: string): PlaceParts {
  const { base, numbers: added, operators } = sumParts(place, 0, place.lastIndexOf(']') + 1);
  const text = place.slice(base.start, base.end);
  if (/^[0-9]/.test(text)) return { ...NONE, numbers: [base, ...added], operators };
  if (text.startsWith('ggtt[')) {
    const end = text.endsWith(']') ? text.length - 1 : text.length;
    const inner = sumParts(place.slice(0, end), 5, 5);
    const isName = /^[A-Za-z_]/.test(place.slice(5));
    const first = inner.base.end > inner.base.start ? [inner.base] : [];
    return {
      ...NONE,
      table: { start: 0, end: 4 },
      names: isName ? first : [],
      numbers: [...(isName ? [] : first), ...inner.numbers, ...added],
      operators: [...inner.operators, ...operators],
    };
  }
  const dot = text.indexOf('.');
  return {
    ...NONE,
    engine: dot > 0 ? { start: 0, end: dot } : undefined,
    register: { start: dot + 1, end: text.length },
    numbers: added,
    operators,
  };
}

/** `BASE+NUMBER` from `start` on; a plus is looked for from `from` on. */
function sumParts(text: string, start: number, from: number) {
  const plus = text.indexOf('+', from);
  if (plus < 0) return { base: { start, end: text.length }, numbers: [], operators: [] };
  const added = { start: plus + 1, end: text.length };
  return {
    base: { start, end: plus },
    numbers: added.end > added.start ? [added] : [],
    operators: [{ start: plus, end: plus + 1 }],
  };
}
