import type {
  Bar,
  DeviceDescription,
  MonitorDescription,
  PartitionDescription,
} from './device-description.ts';

type Scalars = Pick<
  DeviceDescription,
  | 'platform'
  | 'vendorId'
  | 'deviceId'
  | 'revisionId'
  | 'legacyInterrupt'
  | 'pvinfoCaps'
  | 'quirks'
  | 'answers'
  | 'title'
  | 'driver'
  | 'memory'
  | 'records'
  | 'counts'
  | 'showsFirmware'
  | 'msi'
  | 'vgpuId'
>;

/** Puts a device description together from a header, piece by piece. Later pieces replace earlier ones. */
export class DeviceDescriptionBuilder {
  #scalars: Scalars = {};
  readonly #bars = new Map<number, Bar>();
  #partition: PartitionDescription | undefined;
  #monitor: MonitorDescription | undefined;
  readonly #notes: string[] = [];

  /** Returns true, so that a directive's row can end with it. */
  set(scalars: Scalars): true {
    this.#scalars = { ...this.#scalars, ...scalars };
    return true;
  }

  setBar(bar: Bar): void {
    this.#bars.set(bar.index, bar);
  }

  get hasBars(): boolean {
    return this.#bars.size > 0;
  }

  setPartition(partition: PartitionDescription): void {
    this.#partition = partition;
  }

  setMonitor(monitor: MonitorDescription | undefined): void {
    this.#monitor = monitor;
  }

  /** Remarks beyond the first hundred are dropped: a header is not a place for data. */
  addNote(note: string): void {
    if (this.#notes.length < 100) this.#notes.push(note);
  }

  get scalars(): Readonly<Scalars> {
    return this.#scalars;
  }

  get hasPartition(): boolean {
    return this.#partition !== undefined;
  }

  build(): DeviceDescription {
    return {
      ...this.#scalars,
      bars: [...this.#bars.values()].sort((a, b) => a.index - b.index),
      ...(this.#partition === undefined ? {} : { partition: this.#partition }),
      ...(this.#monitor === undefined ? {} : { monitor: this.#monitor }),
      notes: [...this.#notes],
    };
  }
}
