import type { Answer, Fault } from '../../emulator/index.ts';
import { Space } from '../../trace/index.ts';
import { compareRead, type RecordedOn } from './compare.ts';
import type { ReadDifference } from './explained-rules.ts';
import { ReadFilter } from './read-filter.ts';
import type { Replayer } from './replayer.ts';
import type { Divergence, ReadCounts, ReplayScore, ScoreOptions } from './score-types.ts';

const DEFAULT_LIMIT = 1000;

type Counts = { -readonly [K in keyof ReadCounts]: number };

/** Counts how a model's answers compare with the recorded ones. */
export class Tally {
  readonly #replayer: Replayer;
  readonly #limit: number;
  readonly #filter: ReadFilter;
  readonly #recordedOn: RecordedOn;
  readonly #counts: Counts = {
    compared: 0,
    equal: 0,
    volatile: 0,
    forced: 0,
    unknown: 0,
    explained: 0,
    different: 0,
  };
  readonly #divergences: Divergence[] = [];
  readonly #rules: Record<string, number> = {};
  readonly #faults: Record<string, number> = {};
  readonly #from: number;
  #divergenceCount = 0;

  constructor(replayer: Replayer, options: ScoreOptions) {
    this.#replayer = replayer;
    this.#limit = options.divergenceLimit ?? DEFAULT_LIMIT;
    this.#filter = new ReadFilter(replayer.store);
    this.#recordedOn = options;
    this.#from = replayer.position;
  }

  fault({ check }: Fault): void {
    this.#faults[check] = (this.#faults[check] ?? 0) + 1;
  }

  read(record: number, answer: Answer): void {
    this.#filter.followTo(record);
    const { store } = this.#replayer;
    const scored = this.#filter.takes(record);
    if (!scored && store.space(record) === Space.mmio) return;
    const { comparison, difference, rule } = compareRead(
      this.#replayer,
      record,
      answer,
      this.#recordedOn,
    );
    if (scored) {
      this.#counts.compared++;
      this.#counts[comparison]++;
    }
    if (rule !== undefined) this.#rules[rule] = (this.#rules[rule] ?? 0) + 1;
    // Reads of other spaces must answer right as well, though they are not counted.
    else if (difference !== undefined) this.#diverged(difference);
  }

  #diverged(difference: ReadDifference): void {
    this.#divergenceCount++;
    if (this.#divergences.length >= this.#limit) return;
    const { record, space, offset, size, expected, expectedHigh, got, gotHigh } = difference;
    const line = this.#replayer.store.line(record);
    const values = { expected, expectedHigh, got, gotHigh };
    this.#divergences.push({ record, line, space, offset, size, ...values });
  }

  result(cancelled: boolean): ReplayScore {
    return {
      records: this.#replayer.position - this.#from,
      end: { moment: this.#replayer.moment, applied: this.#replayer.applied },
      cancelled,
      reads: { ...this.#counts },
      divergences: this.#divergences,
      divergenceCount: this.#divergenceCount,
      rules: this.#rules,
      faults: this.#faults,
      hash: this.#replayer.device.hash(),
    };
  }
}
