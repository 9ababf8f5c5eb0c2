import type { AccessSpace } from '../../emulator/index.ts';
import type { DeviceSlot } from './device-slot.ts';

/** What the guest or its clock had the device do. */
export type SlotWork = `${'read' | 'write'} ${AccessSpace}` | 'time';

export interface WorkTime {
  readonly work: SlotWork;
  readonly calls: number;
  readonly milliseconds: number;
}

/** Where the time of a run went, in milliseconds. */
export interface DeviceTimes {
  readonly run: number;
  readonly device: number;
  /** The longest first. */
  readonly works: readonly WorkTime[];
}

/** Names that are not made anew for each access. */
const READS = {
  mmio: 'read mmio',
  aperture: 'read aperture',
  config: 'read config',
  io: 'read io',
} as const;
const WRITES = {
  mmio: 'write mmio',
  aperture: 'write aperture',
  config: 'write config',
  io: 'write io',
} as const;

/**
 * Measures how long the guest waits for its device: in every access, and whenever time goes on. Made for one slot, which
 * it slows down a little; a slot that nobody measures has nothing of this.
 */
export class SlotTimes {
  readonly #times = new Map<SlotWork, { calls: number; milliseconds: number }>();
  readonly #started = performance.now();
  /** An access brings the device to the present first: that is a part of it. */
  #inside = false;

  constructor(slot: DeviceSlot) {
    const read = slot.read.bind(slot);
    const write = slot.write.bind(slot);
    const sync = slot.sync.bind(slot);
    slot.read = (...args) => this.#measure(READS[args[0]], () => read(...args));
    slot.write = (...args) => this.#measure(WRITES[args[0]], () => write(...args));
    slot.sync = () => (this.#inside ? sync() : this.#measure('time', sync));
  }

  /** From when this was made up to now. */
  get untilNow(): DeviceTimes {
    const run = performance.now() - this.#started;
    const works = [...this.#times].map(([work, time]) => ({ work, ...time }));
    works.sort((a, b) => b.milliseconds - a.milliseconds);
    return { run, device: works.reduce((sum, work) => sum + work.milliseconds, 0), works };
  }

  #measure<T>(work: SlotWork, doIt: () => T): T {
    this.#inside = true;
    const start = performance.now();
    try {
      return doIt();
    } finally {
      const took = performance.now() - start;
      this.#inside = false;
      const known = this.#times.get(work);
      if (known === undefined) this.#times.set(work, { calls: 1, milliseconds: took });
      else {
        known.calls++;
        known.milliseconds += took;
      }
    }
  }
}
