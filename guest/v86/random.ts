/** `getRandomValues` for the emulated processor: the same numbers in every run (xorshift32). */
export function guestRandom(): (into: Int32Array) => Int32Array {
  let state = 0x2545f491;
  return (into) => {
    for (let i = 0; i < into.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      into[i] = state;
    }
    return into;
  };
}
