/**
 * Accesses of a log go to several regions or come from several sources, and which of them matter is known at its end
 * only. Until then each has a window of its own in the store's 48 bits of address, above all guest physical addresses.
 */
export const FIRST_WINDOW = 2 ** 47;
/** Bytes of a window: more than any BAR has. */
export const WINDOW_BYTES = 2 ** 36;
export const MOST_WINDOWS = (2 ** 48 - FIRST_WINDOW) / WINDOW_BYTES;

/** First address of a window. */
export function windowAt(number: number): number {
  return FIRST_WINDOW + number * WINDOW_BYTES;
}
