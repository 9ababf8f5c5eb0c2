/** A register whose answer is not compared, because it depends on the very instant at which it is read. */
export interface VolatileRegister {
  /** BAR0 offset of the dword. */
  readonly offset: number;
  readonly name: string;
  readonly reason: string;
  readonly source: string;
}

const PIPES = [
  { letter: 'A', base: 0x70000 },
  { letter: 'B', base: 0x71000 },
  { letter: 'C', base: 0x72000 },
] as const;

/**
 * Registers that count frames and lines or ticks: between the access as recorded and as replayed lie fractions of
 * a microsecond that recordings do not keep. At most 20.
 */
export const VOLATILE_REGISTERS: readonly VolatileRegister[] = [
  ...PIPES.map(({ letter, base }) => ({
    offset: base,
    name: `PIPEDSL_${letter}`,
    reason: 'scan line: a new one every 20 µs',
    source: 'gvt-facts §9',
  })),
  ...PIPES.map(({ letter, base }) => ({
    offset: base + 0x40,
    name: `PIPE_FRMCNT_${letter}`,
    reason: 'frame counter: where it began depends on what was shown before the recording',
    source: 'gvt-facts §9',
  })),
  {
    offset: 0x2358,
    name: 'RCS0.RING_TIMESTAMP',
    reason: 'counts every 80 ns',
    source: 'gvt-facts §6.7',
  },
  {
    offset: 0x235c,
    name: 'RCS0.RING_TIMESTAMP_UDW',
    reason: 'counts every 80 ns',
    source: 'gvt-facts §6.7',
  },
];
