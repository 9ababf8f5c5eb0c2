/**
 * How many of `length` places in order are before the one that is looked for: `isBefore` is true for these, and for none
 * behind them.
 */
export function countBefore(length: number, isBefore: (place: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
