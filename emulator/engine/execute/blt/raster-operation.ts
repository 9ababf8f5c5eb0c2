/**
 * The 256 raster operations (SKL PRM vol 9, Blitter): bit `pattern·4 + source·2 + destination` of the code is the
 * result for these three bits. 0xf0 fills with the pattern, 0xcc copies the source, 0x5a inverts by the pattern.
 */
export type RasterOperation = (pattern: number, source: number, destination: number) => number;

type TwoOperands = (source: number, destination: number) => number;

/** What four bits of a code say of source and destination. */
const TWO_OPERANDS: readonly TwoOperands[] = [
  () => 0,
  (s, d) => ~(s | d),
  (s, d) => ~s & d,
  (s) => ~s,
  (s, d) => s & ~d,
  (_, d) => ~d,
  (s, d) => s ^ d,
  (s, d) => ~(s & d),
  (s, d) => s & d,
  (s, d) => ~(s ^ d),
  (_, d) => d,
  (s, d) => ~s | d,
  (s) => s,
  (s, d) => s | ~d,
  (s, d) => s | d,
  () => -1,
];

/** Bits of the result beyond the operands' size are anything. */
export function rasterOperation(code: number): RasterOperation {
  const [whereClear, whereSet] = [TWO_OPERANDS[code & 15], TWO_OPERANDS[(code >>> 4) & 15]];
  if (whereClear === undefined || whereSet === undefined) throw new RangeError('Four bits.');
  if (whereClear === whereSet) return (_, s, d) => whereSet(s, d);
  if (code === 0xf0) return (p) => p;
  return (p, s, d) => (p & whereSet(s, d)) | (~p & whereClear(s, d));
}

/** Whether the result depends on an operand: only then is it read. */
export function usesPattern(code: number): boolean {
  return ((code ^ (code >>> 4)) & 0x0f) !== 0;
}

export function usesSource(code: number): boolean {
  return ((code ^ (code >>> 2)) & 0x33) !== 0;
}

export function usesDestination(code: number): boolean {
  return ((code ^ (code >>> 1)) & 0x55) !== 0;
}
