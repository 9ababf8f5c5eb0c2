/**
 * The memory of a running guest. Recordings have none: what they show is all there is. What the device is about to
 * use is copied from here line by line, so that a recording of those lines replays to the same state.
 */
export interface MemorySource {
  /** Another number each time the guest has run and may have changed its memory. */
  readonly turn: number;
  /** Copies the 64 bytes at `address`, a multiple of 64, into `into`. False where the guest has no memory. */
  readLine(address: number, into: Uint8Array): boolean;
  /** A line that the device now uses was not known, or differs from what was known of it. */
  lineShown(address: number, bytes: Uint8Array): void;
  /** The device writes; `address` is a guest physical one. */
  write(address: number, bytes: Uint8Array): void;
}

/**
 * Who wants to see writes into some pages. `before` is asked while the page still holds what it held; what it returns
 * is called when the bytes are in place. `value`: one access of the guest or an engine; `lines`: memory was shown.
 */
export interface PageWatcher {
  before(
    frame: number,
    start: number,
    size: number,
    how: 'value' | 'lines',
  ): (() => void) | undefined;
}
