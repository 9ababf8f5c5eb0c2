import type { CommandEvent, Fault, InterruptEvent, Submission } from '../../emulator/index.ts';
import { isAccess } from '../../trace/index.ts';
import { FoldIndex } from '../fold/fold-index.ts';
import { placeText } from '../listing/access-text.ts';
import { recordText } from '../listing/record-text.ts';
import { dwordName, REGISTER_BYTES } from '../register-directory.ts';
import { type ExportOptions, watchReplay } from './watch-replay.ts';

const GUEST = 1;
const DEVICE = 2;
/** Threads of the two. Engines follow, in the order in which they first work. */
const DRIVER = { pid: GUEST, tid: 1, name: 'accesses', cat: 'access' };
const INTERRUPTS = { pid: DEVICE, tid: 1, name: 'interrupts', cat: 'interrupt' };
const FAULTS = { pid: DEVICE, tid: 2, name: 'faults', cat: 'fault' };
const FIRST_ENGINE = 10;
const SLICE = 20_000;

interface Track {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  /** Category of its events, by which viewers search and filter. */
  readonly cat: string;
}

/**
 * Writes a timeline in the trace event format (JSON object form), which the Perfetto UI and Chrome's about:tracing open:
 * the guest's accesses with runs as bars, each engine's submissions and commands, interrupts, faults, and a counter for
 * each of the `signals` that changes.
 */
export async function writePerfetto(options: ExportOptions): Promise<void> {
  const { store, emit, between } = options;
  const events = new Events(emit);
  emit('{"displayTimeUnit":"ns","traceEvents":[\n');
  events.process(GUEST, options.name);
  events.process(DEVICE, 'vGPU');
  for (const track of [DRIVER, INTERRUPTS, FAULTS]) events.thread(track);
  await writeAccesses(options, events);
  await watchReplay(store, options.device, new Watcher(options, events).listener(), (records) =>
    between(0.5 + records / store.length / 2),
  );
  emit('\n]}\n');
}

async function writeAccesses(options: ExportOptions, events: Events): Promise<void> {
  const { store, directory, between } = options;
  const folds = new FoldIndex(store);
  let slice = 0;
  for (let record = 0; record < store.length; record++) {
    if (record >= slice) {
      slice += SLICE;
      await between(record / store.length / 2);
    }
    if (!isAccess(store.kind(record))) continue;
    const from = store.timeNs(record);
    const args = { record, line: store.line(record) };
    const fold = folds.at(record);
    if (fold === undefined) {
      events.instant(DRIVER, from, recordText(store, record, directory), args);
      continue;
    }
    const name = `${fold.kind.title}: ${placeText(store, record, directory)}`;
    const { accesses, last } = fold;
    events.bar(DRIVER, from, store.timeNs(last) - from, name, { ...args, accesses });
    record = last;
  }
}

/** Turns what a device does into events. */
class Watcher {
  readonly #options: ExportOptions;
  readonly #events: Events;
  readonly #engines = new Map<string, Track>();
  #last = '';
  #repeated = 0;

  constructor(options: ExportOptions, events: Events) {
    this.#options = options;
    this.#events = events;
  }

  listener() {
    const { device } = this.#options;
    return {
      command: (event: CommandEvent) => this.#command(event),
      submission: ({ engine, elements }: Submission) => {
        const contexts = elements.map(({ low, high }) => `${hexText(high)}:${hexText(low)}`);
        this.#events.instant(this.#engine(engine), device.now, 'submission', { contexts });
      },
      interrupt: ({ name, delivered, why }: InterruptEvent) =>
        this.#events.instant(INTERRUPTS, device.now, delivered ? name : `${name} (dropped)`, {
          ...(why === undefined ? {} : { why }),
        }),
      fault: ({ check, message }: Fault) =>
        this.#events.instant(FAULTS, device.now, check, { message }),
      registerChanged: (offset: number, _: number, next: number) => this.#register(offset, next),
    };
  }

  /** An endless batch executes one command for ever: twice says it all. */
  #command({ engine, name, level, space, address, dwords }: CommandEvent): void {
    const place = `${engine} ${space} ${address}`;
    this.#repeated = place === this.#last ? this.#repeated + 1 : 0;
    this.#last = place;
    if (this.#repeated > 1) return;
    this.#events.instant(this.#engine(engine), this.#options.device.now, name, {
      level,
      address: `${space} ${hexText(address)}`,
      dwords: dwords.slice(0, 8).map(hexText),
    });
  }

  #register(offset: number, next: number): void {
    const { directory, signals, device } = this.#options;
    const info = offset < REGISTER_BYTES ? directory.at(offset) : undefined;
    if (info === undefined) return;
    const name = dwordName(info, offset);
    if (signals(name)) this.#events.counter(device.now, name, next);
  }

  #engine(name: string): Track {
    const known = this.#engines.get(name);
    if (known !== undefined) return known;
    const tid = FIRST_ENGINE + this.#engines.size;
    const track = { pid: DEVICE, tid, name, cat: 'engine' };
    this.#engines.set(name, track);
    this.#events.thread(track);
    return track;
  }
}

/** Events as lines of the JSON array. Times come in nanoseconds; the format has microseconds with a fraction. */
class Events {
  readonly #emit: (text: string) => void;
  #first = true;

  constructor(emit: (text: string) => void) {
    this.#emit = emit;
  }

  process(pid: number, name: string): void {
    this.#add({ ph: 'M', cat: '__metadata', pid, tid: 0, name: 'process_name', args: { name } });
  }

  thread({ pid, tid, name }: Track): void {
    this.#add({ ph: 'M', cat: '__metadata', pid, tid, name: 'thread_name', args: { name } });
  }

  instant({ pid, tid, cat }: Track, ns: number, name: string, args: object): void {
    this.#add({ ph: 'i', s: 't', cat, pid, tid, ts: ns / 1000, name, args });
  }

  bar({ pid, tid, cat }: Track, ns: number, length: number, name: string, args: object): void {
    this.#add({ ph: 'X', cat, pid, tid, ts: ns / 1000, dur: length / 1000, name, args });
  }

  counter(ns: number, name: string, value: number): void {
    this.#add({
      ph: 'C',
      cat: 'register',
      pid: DEVICE,
      tid: 0,
      ts: ns / 1000,
      name,
      args: { value },
    });
  }

  #add(event: object): void {
    this.#emit(`${this.#first ? '' : ',\n'}${JSON.stringify(event)}`);
    this.#first = false;
  }
}

function hexText(value: number): string {
  return `0x${value.toString(16)}`;
}
