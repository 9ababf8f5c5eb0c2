/**
 * Names that a mistyped one was probably meant to be, best first. Compares with whole names and with what follows
 * the last dot, so that `RING_TIAL` finds `RCS0.RING_TAIL`.
 */
export function closeNames(typed: string, names: readonly string[], limit = 3): readonly string[] {
  const wanted = typed.toUpperCase().slice(0, MAX_LENGTH);
  if (wanted === '') return [];
  const scored: { name: string; score: number }[] = [];
  // One edit for every three letters: more would suggest names that have nothing to do with the typed one.
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  for (const name of names) {
    const score = scoreOf(wanted, name.toUpperCase(), allowed);
    if (score <= allowed) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, limit).map((each) => each.name);
}

/** ` Did you mean A or B?`, or nothing. */
export function didYouMean(typed: string, names: readonly string[]): string {
  const close = closeNames(typed, names);
  return close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
}

/** Longest register names are about 40 letters; a longer word is no typing mistake. */
const MAX_LENGTH = 64;

function scoreOf(wanted: string, name: string, allowed: number): number {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (last === wanted) return 0;
  // What was typed is a part of the name: as good as half an edit.
  if (wanted.length >= 3 && name.includes(wanted)) return 0.5;
  return Math.min(editDistance(wanted, name, allowed), editDistance(wanted, last, allowed));
}

/** Levenshtein distance, two letters swapped being one edit; anything above `limit` where it is more than that. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let above: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  let bestAbove = 0;
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (above[j - 2] ?? limit) + 1 : limit + 1;
      const cell = Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(cell);
      if (cell < best) best = cell;
    }
    // A swap reaches over one row.
    if (best > limit && bestAbove >= limit) return limit + 1;
    bestAbove = best;
    above = row;
    row = next;
  }
  return row[b.length] ?? limit + 1;
}
