import { checkRow, type DeviceModel, type DeviceSnapshot } from '../../emulator/index.ts';
import { isAccess, RecordKind, selectRecords, type TraceStore } from '../../trace/index.ts';
import type { EventNames } from '../breakpoint/event-pattern.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import { type BriefResult, runBriefly } from '../scenario/run-scenario.ts';
import type { CancellationToken } from '../session.ts';
import { minimize } from './minimize.ts';
import { type ReduceTarget, targetOf } from './reduce-target.ts';

export interface ReduceOptions {
  readonly store: TraceStore;
  /** At power-on. */
  readonly device: DeviceModel;
  readonly directory: RegisterDirectory;
  readonly names: EventNames;
  /** Id of a check: a fault of it is the target, whatever else there is. */
  readonly fault?: string;
  /** Called before each try with the number of records that are left; may let others run. */
  readonly progress?: (records: number) => Promise<void> | void;
}

export interface ReducedTrace {
  readonly target: ReduceTarget;
  /** Its records, with their lines in the whole trace. */
  readonly store: TraceStore;
  readonly tries: number;
}

/**
 * The smallest trace that still fails as `store` does: the first expectation that fails or answer that differs, else the
 * first fault. Undefined where nothing fails. Deterministic.
 */
export async function reduceTrace(
  options: ReduceOptions,
  token: CancellationToken,
): Promise<ReducedTrace | undefined> {
  const trial = new Trial(options);
  const target = targetOf(trial.run(options.store), options);
  if (target === undefined) return undefined;
  const { progress } = options;
  const keeps = async (records: Uint32Array, timeless = false) => {
    if (token.cancelled) return false;
    await progress?.(records.length);
    const whole = target.kind === 'fault' ? records : withLast(records, target.record);
    return target.isIn(trial.run(selectRecords(options.store, whole, timeless)));
  };
  const candidates = candidatesFor(options.store, target);
  const left = await minimize(candidates, (record) => groupOf(options.store, record), keeps);
  const timeless = await keeps(left, true);
  const records = target.kind === 'fault' ? left : withLast(left, target.record);
  return {
    target,
    store: selectRecords(options.store, records, timeless),
    tries: trial.tries,
  };
}

/** Runs selections on one device, each from power-on. */
class Trial {
  readonly #options: ReduceOptions;
  readonly #powerOn: DeviceSnapshot;
  /** Faults that can be the target: of the rule that was asked for, else those that correct guests do not make. */
  readonly #counts: (check: string) => boolean;
  tries = 0;

  constructor(options: ReduceOptions) {
    this.#options = options;
    this.#powerOn = options.device.save();
    const { fault } = options;
    this.#counts = (check) =>
      fault === undefined ? checkRow(check)?.on !== false : check === fault;
  }

  run(store: TraceStore): BriefResult {
    const { device, directory, names } = this.#options;
    this.tries++;
    device.restore(this.#powerOn);
    return runBriefly({ store, device, directory, names, counts: this.#counts });
  }
}

/** What may have to do with the target: what the device is given before it, and notes where they are counted from. */
function candidatesFor(store: TraceStore, target: ReduceTarget): Uint32Array {
  const end = target.kind === 'fault' ? target.record + 1 : target.record;
  const found = new Uint32Array(end);
  let count = 0;
  for (let record = 0; record < end; record++) {
    const kind = store.kind(record);
    const isGiven = isAccess(kind) || kind === RecordKind.memory;
    const isCounted = kind === RecordKind.note && target.needsNotes;
    // Of a fault between two accesses the note's time may be all that leads to it.
    if (isGiven || isCounted || record === target.record) found[count++] = record;
  }
  return found.slice(0, count);
}

function withLast(records: Uint32Array, last: number): Uint32Array {
  const whole = new Uint32Array(records.length + 1);
  whole.set(records);
  whole[records.length] = last;
  return whole;
}

/** Accesses of one kind to one page of a space, or memory. */
function groupOf(store: TraceStore, record: number): number {
  const page = Math.floor(store.offset(record) / 4096) % 2 ** 20;
  const kind = store.kind(record);
  return (kind * 8 + store.space(record)) * 2 ** 20 + (kind === RecordKind.memory ? 0 : page);
}
