import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { GrowingBytes, GrowingU32 } from './growing.ts';
import { InternedBytes } from './interned-bytes.ts';

const NO_STACK: readonly string[] = [];

/**
 * Call stacks, each kept once: a driver's hundreds of thousands of accesses come from a few hundred places.
 * Ids count from 1; 0 means none.
 */
export class StackTable {
  /** While stacks are added: as they are written. */
  #texts = new InternedBytes();
  /** Afterwards: functions' names, and of each stack how many it has, and which. */
  readonly #names = new InternedBytes();
  readonly #coded = new GrowingBytes();
  readonly #starts = new GrowingU32();
  readonly #decoded = new Map<number, readonly string[]>();

  /** The id of the stack written as `f0 < f1 < …` in `bytes[start, end)`. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    return this.#texts.intern(bytes, start, end) + 1;
  }

  /** Function names, innermost first. Nothing may be added afterwards. */
  frames(id: number): readonly string[] {
    if (id === 0) return NO_STACK;
    let frames = this.#decoded.get(id);
    if (frames === undefined) {
      const coded = this.#coded.readAt(this.#starts.at(id - 1));
      const names = Array.from({ length: coded.next() }, () => this.#names.get(coded.next()));
      frames = names.map((name) => decodeUtf8(name));
      this.#decoded.set(id, frames);
    }
    return frames;
  }

  /** Stacks share most of their functions: only their numbers are kept. Nothing may be added afterwards. */
  finish(): void {
    for (let stack = 0; stack < this.#texts.count; stack++) {
      const frames = framesOf(decodeUtf8(this.#texts.get(stack)));
      this.#starts.push(this.#coded.length);
      this.#coded.pushVarint(frames.length);
      for (const frame of frames) {
        const name = encodeUtf8(frame);
        this.#coded.pushVarint(this.#names.intern(name, 0, name.length));
      }
    }
    this.#texts = new InternedBytes();
    for (const table of [this.#texts, this.#names, this.#coded, this.#starts]) table.trim();
  }

  get bytesUsed(): number {
    const tables = [this.#texts, this.#names, this.#coded, this.#starts];
    return tables.reduce((sum, { bytesUsed }) => sum + bytesUsed, 0);
  }
}

function framesOf(stack: string): readonly string[] {
  // The fast path of a reader leaves it to us to cut off a comment.
  const [text = ''] = stack.split(/[ \t]\/\//);
  return text.split('<').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}
