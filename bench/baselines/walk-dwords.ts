/** The least that executing commands can be: every dword of a batch is looked at once, in a typed array. */
export function walkDwords(dwords: Uint32Array, times: number): number {
  let sum = 0;
  for (let round = 0; round < times; round++) {
    for (let index = 0; index < dwords.length; index++) sum = (sum + (dwords[index] ?? 0)) | 0;
  }
  return sum;
}
