/** What a data breakpoint watches. Bits are inclusive positions in the dword at `address`. */
export interface DataTarget {
  readonly space: 'mmio' | 'config' | 'ggtt' | 'memory';
  /** BAR0 offset, config offset, graphics address of the page whose PTE is meant, guest physical address. */
  readonly address: number;
  /** Bytes. */
  readonly size: number;
  readonly bits?: { readonly low: number; readonly high: number };
}
