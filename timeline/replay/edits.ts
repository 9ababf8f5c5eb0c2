import type { PeekSpace } from '../../emulator/index.ts';
import { compareMoments, type Moment } from '../moment.ts';

/** A change that the user made to the device's state, at its moment in history. */
export type Edit = Change & { readonly moment: Moment };

export type Change = MemoryChange | FileChange;

/** A control file of the host was written. */
export interface FileChange {
  readonly path: string;
  readonly text: string;
}

/** A register or memory was changed. */
export interface MemoryChange {
  /** Of several guests, whose state; absent: that of the one whose event comes next. */
  readonly guest?: number;
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
    this.#edits.splice(this.#firstAfter(edit.moment), 0, edit);
  }

  /** Where the first edit after `moment` was made. */
  nextAfter(moment: Moment): Moment | undefined {
    return this.#edits[this.#firstAfter(moment)]?.moment;
  }

  /**
   * Those made after `from`, up to `to`, in order. They are several moments' where an earlier edit has changed what
   * engines do: a record that then has fewer events never comes to the later of them.
   */
  between(from: Moment, to: Moment): readonly Edit[] {
    return this.#edits.slice(this.#firstAfter(from), this.#firstAfter(to));
  }

  #firstAfter(moment: Moment): number {
    let at = this.#edits.length;
    while (at > 0) {
      const before = this.#edits[at - 1];
      if (before === undefined || compareMoments(before.moment, moment) <= 0) break;
      at--;
    }
    return at;
  }
}
