/** An unsigned value of up to 64 bits. `known` false: nobody has shown what is there. */
export interface Value64 {
  readonly low: number;
  readonly high: number;
  readonly known: boolean;
}

/** Address spaces that can be read as memory. */
export type MemorySpace = 'mmio' | 'aperture' | 'config' | 'memory' | 'ggtt';
