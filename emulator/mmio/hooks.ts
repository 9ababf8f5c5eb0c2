import type { Core } from '../core.ts';
import type { RegisterDescriptor } from './register-map.ts';

/**
 * Runs after the access mode's arithmetic has been stored. `next` and `previous` are the register's values after
 * and before it, `written` is what the guest wrote (bytes that a short access left out are 0, and so they are in
 * `byteMask`, which has ones in the others). A hook may set the register again. `offset` is the dword's BAR0 offset.
 */
export type WriteHook = (
  core: Core,
  offset: number,
  next: number,
  previous: number,
  written: number,
  register: RegisterDescriptor,
  byteMask: number,
) => void;

/** Computes the answer of a guest read from the stored value; may change state. */
export type ReadHook = (
  core: Core,
  offset: number,
  stored: number,
  register: RegisterDescriptor,
) => number;
