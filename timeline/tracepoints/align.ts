/** Places in which two sequences agree, ascending in both. */
export type Match = readonly [a: number, b: number];

/** More pairs than this are not looked at one by one. */
const MOST_PAIRS = 4_000_000;

/**
 * The longest common subsequence, near enough: exact where what differs is small; else between places that occur
 * once in both.
 */
export function align(a: readonly string[], b: readonly string[]): Match[] {
  const matches: Match[] = [];
  alignRange(a, b, [0, a.length, 0, b.length], matches);
  return matches;
}

type Range = readonly [aFrom: number, aTo: number, bFrom: number, bTo: number];

function alignRange(
  a: readonly string[],
  b: readonly string[],
  [aStart, aEnd, bStart, bEnd]: Range,
  matches: Match[],
): void {
  let [aFrom, aTo, bFrom, bTo] = [aStart, aEnd, bStart, bEnd];
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) matches.push([aFrom++, bFrom++]);
  const tail: Match[] = [];
  while (aTo > aFrom && bTo > bFrom && a[aTo - 1] === b[bTo - 1]) tail.push([--aTo, --bTo]);
  const pairs = (aTo - aFrom) * (bTo - bFrom);
  if (pairs > MOST_PAIRS) throughAnchors(a, b, [aFrom, aTo, bFrom, bTo], matches);
  else if (pairs > 0) byTable(a, b, [aFrom, aTo, bFrom, bTo], matches);
  matches.push(...tail.reverse());
}

/** By dynamic programming, from the end. */
function byTable(
  a: readonly string[],
  b: readonly string[],
  [aFrom, aTo, bFrom, bTo]: Range,
  matches: Match[],
): void {
  const width = bTo - bFrom + 1;
  const best = new Uint32Array((aTo - aFrom + 1) * width);
  const at = (i: number, j: number) => (i - aFrom) * width + (j - bFrom);
  for (let i = aTo - 1; i >= aFrom; i--) {
    for (let j = bTo - 1; j >= bFrom; j--) {
      best[at(i, j)] =
        a[i] === b[j]
          ? (best[at(i + 1, j + 1)] ?? 0) + 1
          : Math.max(best[at(i + 1, j)] ?? 0, best[at(i, j + 1)] ?? 0);
    }
  }
  for (let i = aFrom, j = bFrom; i < aTo && j < bTo; ) {
    if (a[i] === b[j]) matches.push([i++, j++]);
    else if ((best[at(i + 1, j)] ?? 0) >= (best[at(i, j + 1)] ?? 0)) i++;
    else j++;
  }
}

/** Between elements that occur once in both ranges and are in the same order there. */
function throughAnchors(
  a: readonly string[],
  b: readonly string[],
  [aFrom, aTo, bFrom, bTo]: Range,
  matches: Match[],
): void {
  const inB = once(b, bFrom, bTo);
  const anchors: Match[] = [];
  let last = bFrom - 1;
  for (const [key, i] of once(a, aFrom, aTo)) {
    const j = inB.get(key) ?? -1;
    if (j <= last) continue;
    anchors.push([i, j]);
    last = j;
  }
  // Without an anchor nothing is said to agree: better none than a wrong one.
  let [i, j] = [aFrom, bFrom];
  for (const [aAnchor, bAnchor] of anchors) {
    alignRange(a, b, [i, aAnchor, j, bAnchor], matches);
    matches.push([aAnchor, bAnchor]);
    [i, j] = [aAnchor + 1, bAnchor + 1];
  }
  if (anchors.length > 0) alignRange(a, b, [i, aTo, j, bTo], matches);
}

/** Elements that occur once, with their places, in order. */
function once(elements: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let at = from; at < to; at++) {
    const key = elements[at] ?? '';
    places.set(key, places.has(key) ? -1 : at);
  }
  return new Map([...places].filter(([, at]) => at >= 0));
}
