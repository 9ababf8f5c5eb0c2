/** A typed array that grows as it is filled: no object per element. */
export class GrowingInt32 {
  #values = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The element, or 0 past the end. */
  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** The elements, in memory of just their size. */
  toArray(): Int32Array {
    return this.#values.slice(0, this.#length);
  }
}
