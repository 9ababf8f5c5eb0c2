import { decodeUtf8 } from '../text/utf8.ts';
import { InternedBytes } from './interned-bytes.ts';

const NO_STACK: readonly string[] = [];

/**
 * Call stacks, each kept once: a driver's hundreds of thousands of accesses come from a few hundred places.
 * Ids count from 1; 0 means none.
 */
export class StackTable {
  readonly #texts = new InternedBytes();
  readonly #decoded = new Map<number, readonly string[]>();

  get count(): number {
    return this.#texts.count;
  }

  /** The id of the stack written as `f0 < f1 < …` in `bytes[start, end)`. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    return this.#texts.intern(bytes, start, end) + 1;
  }

  /** Function names, innermost first. */
  frames(id: number): readonly string[] {
    if (id === 0) return NO_STACK;
    let frames = this.#decoded.get(id);
    if (frames === undefined) {
      // The fast path of a reader leaves it to us to cut off a comment.
      const [text = ''] = decodeUtf8(this.#texts.get(id - 1)).split(/[ \t]\/\//);
      frames = text.split('<').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
      this.#decoded.set(id, frames);
    }
    return frames;
  }

  /** Gives back what only `intern` needs: nothing may be added afterwards. */
  trim(): void {
    this.#texts.trim();
  }

  get bytesUsed(): number {
    return this.#texts.bytesUsed;
  }
}
