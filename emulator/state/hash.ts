/**
 * Hashing of device state: 128 bits, seeded, order-dependent. Each lane mixes every word by a bijection of the
 * lane's state (the steps of MurmurHash3), so that a change of any single word always changes the result.
 */
export class StateHasher {
  #a = 0x9e3779b9;
  #b = 0x85ebca6b;
  #c = 0xc2b2ae35;
  #d = 0x27d4eb2f;

  word(value: number): void {
    this.#a = mix(this.#a, value, 0xcc9e2d51);
    this.#b = mix(this.#b, value, 0x1b873593);
    this.#c = mix(this.#c, value, 0xab0e9789);
    this.#d = mix(this.#d, value, 0x38b34ae5);
  }

  /** A number by its 64-bit pattern, so that -0, NaN and fractions count too. */
  number(value: number): void {
    scratchFloat[0] = value;
    this.word(scratchWords[0] ?? 0);
    this.word(scratchWords[1] ?? 0);
  }

  string(text: string): void {
    this.word(text.length);
    for (let i = 0; i < text.length; i++) this.word(text.charCodeAt(i));
  }

  /** 32 lower-case hex digits. */
  digest(): string {
    return [this.#a, this.#b, this.#c, this.#d].map(hex8).join('');
  }
}

const scratchFloat = new Float64Array(1);
const scratchWords = new Uint32Array(scratchFloat.buffer);

function mix(state: number, word: number, constant: number): number {
  let k = Math.imul(word, constant);
  k = (k << 15) | (k >>> 17);
  k = Math.imul(k, 0x1b873593);
  const s = state ^ k;
  return (Math.imul((s << 13) | (s >>> 19), 5) + 0xe6546b64) >>> 0;
}

function hex8(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** 64 bits over a page of words, as [low, high]. */
export function hashWords(words: Uint32Array): readonly [number, number] {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    a = mix(a, word, 0xcc9e2d51);
    b = mix(b, word, 0xab0e9789);
  }
  return [a, b];
}
