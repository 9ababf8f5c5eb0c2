/**
 * Accesses of a log go to regions of several devices, and which device matters is known at the end only. Until then
 * each region has a window of its own in the store's 48 bits of address, above all guest physical addresses.
 */
export const FIRST_WINDOW = 2 ** 47;
/** Bytes of a window: more than any BAR has. */
export const WINDOW_BYTES = 2 ** 36;
export const MOST_WINDOWS = (2 ** 48 - FIRST_WINDOW) / WINDOW_BYTES;

/** First address of a window. */
export function windowAt(number: number): number {
  return FIRST_WINDOW + number * WINDOW_BYTES;
}
