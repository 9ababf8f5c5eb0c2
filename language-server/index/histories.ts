import { type FoldIndex, RegisterHistory } from '../../timeline/index.ts';
import type { RegisterTables } from '../registers/register-tables.ts';
import type { LineRecords } from './line-records.ts';

/** What histories are of. */
export interface HistorySource {
  readonly records: LineRecords;
  readonly folds: FoldIndex;
  readonly tables: RegisterTables;
}

/**
 * What registers hold by the lines above any line. Some histories are kept on the way down: after an edit those above it
 * still hold, so that the lines in view need not be worked out from the file's start.
 */
export class Histories {
  readonly #source: HistorySource;
  readonly #step: number;
  /** In order of their records, at multiples of the step. */
  #kept: readonly RegisterHistory[] = [];
  #working: RegisterHistory | undefined;

  /** `step`: records from one kept history to the next. Each takes 4 MB. */
  constructor(source: HistorySource, step = 65_536) {
    this.#source = source;
    this.#step = step;
  }

  /** Those of the text after an edit that left all records before `unchanged` as they were. */
  afterEdit(source: HistorySource, unchanged: number): Histories {
    const after = new Histories(source, this.#step);
    after.#kept = this.#kept.filter(({ record }) => record <= unchanged);
    return after;
  }

  /** To just before `record`. Valid until another is asked for. */
  at(record: number): RegisterHistory {
    const working = this.#nearest(record);
    this.#working = working;
    for (;;) {
      const next = (this.#kept.at(-1)?.record ?? 0) + this.#step;
      if (next > record) break;
      working.moveTo(next);
      this.#kept = [...this.#kept, this.#from(working)];
    }
    working.moveTo(record);
    return working;
  }

  /** The working one where it need not go back, and no kept one is nearer. */
  #nearest(record: number): RegisterHistory {
    const kept = this.#kept.findLast((each) => each.record <= record);
    const place = this.#working?.record ?? -1;
    const isNearer = place <= record && place >= (kept?.record ?? 0);
    return (isNearer ? this.#working : undefined) ?? this.#from(kept);
  }

  #from(history: RegisterHistory | undefined): RegisterHistory {
    const { records, folds, tables } = this.#source;
    return new RegisterHistory(records, tables.directory, folds, history);
  }
}
