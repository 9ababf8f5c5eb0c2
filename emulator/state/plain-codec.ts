/**
 * Plain state as 32-bit words and back, by its shape. Whatever words are read, what comes out has the shape, or the
 * reader throws an `UnreadableState`: its caller makes a sentence of it.
 */
export interface Codec<T> {
  write(value: T, to: number[]): void;
  read(from: WordReader): T;
}

export class UnreadableState extends Error {}

export class WordReader {
  readonly #words: Uint32Array;
  #at = 0;

  constructor(words: Uint32Array) {
    this.#words = words;
  }

  word(): number {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new UnreadableState('it ends too early');
    return word;
  }

  get done(): boolean {
    return this.#at >= this.#words.length;
  }
}

/** An integer from `min` to `max`, at most 2⁵³ apart. */
export function whole(min: number, max: number): Codec<number> {
  return {
    write: (value, to) => {
      const above = value - min;
      to.push(above >>> 0, Math.floor(above / 2 ** 32));
    },
    read: (from) => {
      const low = from.word();
      const value = min + low + from.word() * 2 ** 32;
      if (value > max) throw new UnreadableState(`${value} is above ${max}`);
      return value;
    },
  };
}

/** Any number from 0 to 2⁵³, with its fraction. */
export const amount: Codec<number> = {
  write: (value, to) => {
    float[0] = value;
    to.push(floatWords[0] ?? 0, floatWords[1] ?? 0);
  },
  read: (from) => {
    floatWords[0] = from.word();
    floatWords[1] = from.word();
    const value = float[0] ?? 0;
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value;
    throw new UnreadableState(`${value} is no amount`);
  },
};
const float = new Float64Array(1);
const floatWords = new Uint32Array(float.buffer);

export function oneOf<T>(...values: readonly T[]): Codec<T> {
  return {
    write: (value, to) => {
      const index = values.indexOf(value);
      if (index < 0) throw new RangeError(`${String(value)} is not in the shape of the state`);
      to.push(index);
    },
    read: (from) => {
      const index = from.word();
      const value = values[index];
      if (index >= values.length || value === undefined) {
        throw new UnreadableState(`choice ${index} of ${values.length}`);
      }
      return value;
    },
  };
}

export const flag: Codec<boolean> = oneOf(false, true);

export function orNull<T>(item: Codec<T>): Codec<T | null> {
  return {
    write: (value, to) => {
      to.push(value === null ? 0 : 1);
      if (value !== null) item.write(value, to);
    },
    read: (from) => (flag.read(from) ? item.read(from) : null),
  };
}

/** Of `length` items, or of any number where it is absent. */
export function list<T>(item: Codec<T>, length?: number): Codec<T[]> {
  return {
    write: (values, to) => {
      if (length === undefined) to.push(values.length);
      for (const value of values) item.write(value, to);
    },
    read: (from) => {
      const values: T[] = [];
      for (let left = length ?? from.word(); left > 0; left--) values.push(item.read(from));
      return values;
    },
  };
}

/** Values by a number, as plain objects have them. */
export function byNumber<T>(key: Codec<number>, item: Codec<T>): Codec<Record<string, T>> {
  return {
    write: (value, to) => {
      const entries = Object.entries(value);
      to.push(entries.length);
      for (const [name, each] of entries) {
        key.write(Number(name), to);
        item.write(each, to);
      }
    },
    read: (from) => {
      const value: Record<string, T> = {};
      for (let left = from.word(); left > 0; left--) {
        const name = key.read(from);
        value[name] = item.read(from);
      }
      return value;
    },
  };
}

export function bytes(length: number): Codec<Uint8Array> {
  return {
    write: (value, to) => {
      for (let at = 0; at < length; at += 4) {
        let word = 0;
        for (let i = 3; i >= 0; i--) word = word * 256 + (value[at + i] ?? 0);
        to.push(word);
      }
    },
    read: (from) => {
      const value = new Uint8Array(length);
      for (let at = 0; at < length; at += 4) {
        const word = from.word();
        for (let i = 0; i < 4; i++) value[at + i] = word >>> (i * 8);
      }
      return value;
    },
  };
}

/** Each member of `T` has its codec: a state item that is new and not here does not pass the type check. */
export function object<T extends object>(
  members: {
    readonly [K in keyof T]-?: Codec<T[K]>;
  },
): Codec<T> {
  const names = Object.keys(members) as (keyof T & string)[];
  return {
    write: (value, to) => {
      for (const name of names) members[name].write(value[name], to);
    },
    read: (from) => Object.fromEntries(names.map((name) => [name, members[name].read(from)])) as T,
  };
}

/** `problem` says what is wrong with a value of the right shape; undefined if nothing is. */
export function checked<T>(item: Codec<T>, problem: (value: T) => string | undefined): Codec<T> {
  return {
    write: item.write,
    read: (from) => {
      const value = item.read(from);
      const why = problem(value);
      if (why !== undefined) throw new UnreadableState(why);
      return value;
    },
  };
}
