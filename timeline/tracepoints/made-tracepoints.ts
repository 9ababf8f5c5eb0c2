import type {
  CommandEvent,
  DeviceListener,
  InterruptEvent,
  InterruptRegisterEvent,
  ShadowEvent,
} from '../../emulator/index.ts';
import { eventKey } from './event-names.ts';
import { causeOf, commandKey, hexKey, interruptKey, tableKey, writeKey } from './keys.ts';
import type { Tracepoint, TracepointName, TracepointStreams } from './tracepoint.ts';

const LEVELS: Readonly<Record<CommandEvent['level'], string>> = {
  ring: 'ring',
  batch: 'batch',
  'second-level batch': 'batch2',
  'indirect context': 'ring',
  'per-context batch': 'ring',
};

/** Listens to a device that replays a trace, and keeps what GVT-g would have traced. */
export class MadeTracepoints implements DeviceListener {
  readonly #streams = new Map<TracepointName, Tracepoint[]>();
  readonly #accesses: () => number;
  #cause = '';

  /** `accesses`: those that have been given to the device, counting the present one. */
  constructor(accesses: () => number) {
    this.#accesses = accesses;
  }

  get streams(): TracepointStreams {
    return this.#streams;
  }

  scanned({ engine, level, address, dwords }: CommandEvent): void {
    const key = commandKey(engine.toLowerCase(), LEVELS[level], address, dwords);
    this.#add('gvt_command', key);
  }

  interruptRegister({ name, ...write }: InterruptRegisterEvent): void {
    const shown = name === 'MASTER_IRQ' ? 'MASTER_IR' : name;
    this.#add('write_ir', writeKey({ ...write, name: shown }));
  }

  interrupt({ kind, name, delivered, address = 0, data = 0 }: InterruptEvent): void {
    if (!delivered) return;
    if (kind === 'event') this.#add('propagate_event', eventKey(name));
    if (kind === 'msi') this.#add('inject_msi', interruptKey(address, data, this.#cause));
  }

  shadow(event: ShadowEvent): void {
    switch (event.kind) {
      case 'alloc':
        return this.#add('spt_alloc', tableKey('alloc', event.frame, event.type));
      case 'free':
        return this.#add('spt_free', tableKey('free', event.frame, event.type));
      case 'change':
        return this.#add('spt_change', tableKey(event.tag, event.frame, event.type));
      case 'refcount': {
        const { tag, before, after, frame } = event;
        return this.#add('spt_refcount', tableKey(`${tag} ${before} -> ${after}`, frame));
      }
      case 'guest-change':
        return this.#guestChange(event);
    }
  }

  #guestChange({ tag, frame, type, low, high, index }: ShadowEvent & { kind: 'guest-change' }) {
    const isGuests = tag === 'add' || tag === 'shadow_ppgtt_mm';
    const entry = (high * 2 ** 32 + low).toString(16);
    const what = `${tag}${isGuests ? ` ${entry}` : ''} at ${hexKey(index)}`;
    this.#add('spt_guest_change', tableKey(what, frame, type));
  }

  #add(name: TracepointName, key: string): void {
    this.#cause = causeOf({ name, key }) ?? this.#cause;
    const event = { name, key, access: this.#accesses(), line: 0 };
    const stream = this.#streams.get(name);
    if (stream === undefined) this.#streams.set(name, [event]);
    else stream.push(event);
  }
}
