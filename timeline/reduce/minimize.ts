/** Whether what is looked for is still there with these items alone. */
export type Keeps = (items: Uint32Array) => boolean | Promise<boolean>;

/**
 * A smallest selection of ascending `items` for which `keeps` is true, as it is for all of them: none of the items left
 * can go alone. Deterministic. First the shortest end of the items that does, then groups of like items, then ever
 * smaller pieces (delta debugging, Zeller and Hildebrandt 2002, by complements).
 */
export async function minimize(
  items: Uint32Array,
  groupOf: (item: number) => number,
  keeps: Keeps,
): Promise<Uint32Array> {
  const end = await shortestEnd(items, keeps);
  const grouped = await withoutGroups(end, groupOf, keeps);
  return withoutPieces(grouped, keeps);
}

async function shortestEnd(items: Uint32Array, keeps: Keeps): Promise<Uint32Array> {
  for (let length = 1; length < items.length; length *= 2) {
    const end = items.slice(items.length - length);
    if (await keeps(end)) return end;
  }
  return items;
}

/** Largest groups first: most of a recording is one kind of noise or another. */
async function withoutGroups(
  items: Uint32Array,
  groupOf: (item: number) => number,
  keeps: Keeps,
): Promise<Uint32Array> {
  const sizes = new Map<number, number>();
  for (const item of items) sizes.set(groupOf(item), (sizes.get(groupOf(item)) ?? 0) + 1);
  const groups = [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  let left = items;
  for (const [group, size] of groups) {
    // Small ones are quicker found as pieces.
    if (size * SMALL_SHARE < left.length) break;
    const without = left.filter((item) => groupOf(item) !== group);
    if (await keeps(without)) left = without;
  }
  return left;
}

const SMALL_SHARE = 64;

async function withoutPieces(items: Uint32Array, keeps: Keeps): Promise<Uint32Array> {
  let left = items;
  let size = Math.ceil(left.length / 2);
  while (left.length > 0) {
    const before = left.length;
    // From the end: what happens early is what the rest depends on.
    for (let end = left.length; end > 0; ) {
      const start = Math.max(0, end - size);
      const without = join(left.subarray(0, start), left.subarray(end));
      if (await keeps(without)) left = without;
      end = start;
    }
    if (size > 1) size = Math.ceil(Math.min(size, left.length) / 2);
    else if (left.length === before) return left;
  }
  return left;
}

function join(a: Uint32Array, b: Uint32Array): Uint32Array {
  const whole = new Uint32Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
