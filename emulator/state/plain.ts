import { Constant } from './constant.ts';
import type { StateHasher } from './hash.ts';

/**
 * Small device state is plain data: no functions, no class instances but constants, so that it can be copied and
 * hashed whole.
 */
export type Plain =
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | Constant
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** A deep copy that shares nothing with the original but constants. */
export function copyPlain<T>(value: T): T;
export function copyPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return value.slice();
  if (value instanceof Constant) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => copyPlain(item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyPlain(item)]));
}

/** Feeds types, keys and values in order. Throws where state is not plain data: that is a wrong model. */
export function hashPlain(value: unknown, hasher: StateHasher): void {
  if (typeof value === 'number') return tagged(1, () => hasher.number(value));
  if (typeof value === 'string') return tagged(2, () => hasher.string(value));
  if (typeof value === 'boolean') return tagged(3, () => hasher.word(value ? 1 : 0));
  if (value === null) return tagged(4, () => {});
  if (value instanceof Uint8Array) {
    return tagged(5, () => {
      hasher.word(value.length);
      for (const byte of value) hasher.word(byte);
    });
  }
  if (value instanceof Constant) return tagged(8, () => hasher.string(value.digest));
  if (Array.isArray(value)) {
    return tagged(6, () => {
      hasher.word(value.length);
      for (const item of value) hashPlain(item, hasher);
    });
  }
  if (typeof value === 'object') {
    return tagged(7, () => {
      for (const [key, item] of Object.entries(value)) {
        hasher.string(key);
        hashPlain(item, hasher);
      }
    });
  }
  throw new TypeError(`Device state holds a ${typeof value}, which cannot be saved.`);

  function tagged(tag: number, feed: () => void): void {
    hasher.word(tag);
    feed();
  }
}
