const BLANK = 32;
const DIGITS = [...'0123456789abcdef'].map((digit) => digit.charCodeAt(0));

/** A text that is put together from pieces as bytes, without making strings. */
export class ByteText {
  bytes = new Uint8Array(256);
  length = 0;

  clear(): this {
    this.length = 0;
    return this;
  }

  /** `text` has ASCII only. */
  ascii(text: string): this {
    this.#makeRoom(text.length);
    for (let at = 0; at < text.length; at++) this.bytes[this.length++] = text.charCodeAt(at);
    return this;
  }

  /** `bytes[start, end)`, as they are. */
  copy(bytes: Uint8Array, start: number, end: number): this {
    this.#makeRoom(end - start);
    for (let at = start; at < end; at++) this.bytes[this.length++] = bytes[at] ?? 0;
    return this;
  }

  blank(): this {
    this.#makeRoom(1);
    this.bytes[this.length++] = BLANK;
    return this;
  }

  /** The lower 32 bits of `value`, as eight lower-case digits. */
  dword(value: number): this {
    this.#makeRoom(8);
    for (let shift = 28; shift >= 0; shift -= 4) {
      this.bytes[this.length++] = DIGITS[(value >>> shift) & 15] ?? 0;
    }
    return this;
  }

  /** An address below 2⁵³, with eight digits at least. */
  address(value: number): this {
    const high = Math.floor(value / 2 ** 32);
    if (high > 0) this.ascii(high.toString(16));
    return this.dword(value % 2 ** 32);
  }

  #makeRoom(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array((this.length + more) * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
