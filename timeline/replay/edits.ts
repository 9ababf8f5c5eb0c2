import type { PeekSpace } from '../../emulator/index.ts';

/** A change that the user made to the device's state, at its moment in history. */
export interface Edit {
  /** Made when the records before this one had been applied. */
  readonly record: number;
  readonly space: PeekSpace;
  readonly address: number;
  /** Bytes, 1 to 8. */
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

/** Edits in the order in which replay makes them. */
export class EditList {
  readonly #edits: Edit[] = [];

  get length(): number {
    return this.#edits.length;
  }

  /** Behind those that were made at the same moment. */
  add(edit: Edit): void {
    this.#edits.splice(this.#firstAfter(edit.record), 0, edit);
  }

  /** The record of the first edit after `record`; infinite where there is none. */
  nextAfter(record: number): number {
    return this.#edits[this.#firstAfter(record)]?.record ?? Number.POSITIVE_INFINITY;
  }

  /** Those made at `record`, in order. */
  at(record: number): readonly Edit[] {
    return this.#edits.slice(this.#firstAfter(record - 1), this.#firstAfter(record));
  }

  #firstAfter(record: number): number {
    let at = this.#edits.length;
    while (at > 0 && (this.#edits[at - 1]?.record ?? 0) > record) at--;
    return at;
  }
}
