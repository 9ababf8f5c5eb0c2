import { dwordName, REGISTER_BYTES } from '../register-directory.ts';
import { type ExportOptions, watchReplay } from './watch-replay.ts';

/** Code points that identifiers are made of (IEEE 1364-2005, §18.2.1): `!` to `~`. */
const FIRST = 33;
const DIGITS = 94;

interface Signal {
  readonly id: string;
  readonly scope: string;
  readonly name: string;
  readonly kind: 'wire' | 'event';
}

/**
 * Writes a value change dump (IEEE 1364-2005, §18): a wire of 32 bits for each register that changes, an event for each
 * interrupt and check. The trace is replayed twice, since a dump begins with the names of all that changes in it.
 */
export async function writeVcd(options: ExportOptions): Promise<void> {
  const { device, emit, store, between } = options;
  const powerOn = device.save();
  const signals = new Signals(options);
  await watchReplay(
    store,
    device,
    {
      registerChanged: (offset) => void signals.register(offset),
      interrupt: ({ name, delivered }) => void signals.event('interrupts', name, delivered),
      fault: ({ check }) => void signals.event('faults', check),
    },
    (records) => between(records / store.length / 2),
  );
  device.restore(powerOn);
  emit(signals.head(options.name));
  emit(`#0\n$dumpvars\n${signals.values((offset) => device.peek('mmio', offset, 4).low)}$end\n`);
  let now = 0;
  const change = (id: string | undefined, text: string) => {
    if (id === undefined) return;
    if (device.now > now) {
      now = device.now;
      emit(`#${now}\n`);
    }
    emit(`${text}${id}\n`);
  };
  await watchReplay(
    store,
    device,
    {
      registerChanged: (offset, _, next) =>
        change(signals.register(offset), `b${next.toString(2)} `),
      interrupt: ({ name, delivered }) => change(signals.event('interrupts', name, delivered), '1'),
      fault: ({ check }) => change(signals.event('faults', check), '1'),
    },
    (records) => between(0.5 + records / store.length / 2),
  );
  if (device.now > now) emit(`#${device.now}\n`);
}

/** Signals by what they are of, in the order in which they were first seen. */
class Signals {
  readonly #options: ExportOptions;
  /** By offset; undefined for registers that are not shown. */
  readonly #registers = new Map<number, Signal | undefined>();
  readonly #events = new Map<string, Signal>();
  #count = 0;

  constructor(options: ExportOptions) {
    this.#options = options;
  }

  register(offset: number): string | undefined {
    if (!this.#registers.has(offset)) this.#registers.set(offset, this.#newRegister(offset));
    return this.#registers.get(offset)?.id;
  }

  event(scope: 'interrupts' | 'faults', name: string, happens = true): string | undefined {
    if (!happens) return undefined;
    const key = `${scope} ${name}`;
    const known = this.#events.get(key);
    if (known !== undefined) return known.id;
    const signal: Signal = { id: this.#newId(), scope, name, kind: 'event' };
    this.#events.set(key, signal);
    return signal.id;
  }

  /** Up to the end of the definitions, scope by scope. */
  head(name: string): string {
    const all = [...this.#registers.values(), ...this.#events.values()].filter(
      (signal) => signal !== undefined,
    );
    const scopes = [...new Set(all.map(({ scope }) => scope))].sort();
    const parts = scopes.map((scope) => {
      const vars = all
        .filter((signal) => signal.scope === scope)
        .map(({ kind, id, name: own }) => {
          const size = kind === 'wire' ? 32 : 1;
          return `$var ${kind} ${size} ${id} ${identifier(own)} $end\n`;
        });
      return `$scope module ${identifier(scope)} $end\n${vars.join('')}$upscope $end\n`;
    });
    return (
      `$comment ${name.replaceAll(/\s+|\$end/g, ' ')} $end\n$version vgpu $end\n$timescale 1 ns $end\n` +
      `${parts.join('')}$enddefinitions $end\n`
    );
  }

  /** The registers' values; events have none. */
  values(peek: (offset: number) => number): string {
    let text = '';
    for (const [offset, signal] of this.#registers) {
      if (signal !== undefined) text += `b${peek(offset).toString(2)} ${signal.id}\n`;
    }
    return text;
  }

  #newRegister(offset: number): Signal | undefined {
    const { directory, signals } = this.#options;
    const info = offset < REGISTER_BYTES ? directory.at(offset) : undefined;
    const name = info === undefined ? `mmio_${offset.toString(16)}` : dwordName(info, offset);
    if (!signals(name)) return undefined;
    const scope = info?.block ?? 'others';
    const short = name.startsWith(`${scope}.`) ? name.slice(scope.length + 1) : name;
    return { id: this.#newId(), scope, name: short, kind: 'wire' };
  }

  #newId(): string {
    let number = this.#count++;
    let id = '';
    do {
      id += String.fromCharCode(FIRST + (number % DIGITS));
      number = Math.floor(number / DIGITS) - 1;
    } while (number >= 0);
    return id;
  }
}

/** Blanks end a word, and viewers take dots and brackets for paths and ranges. */
function identifier(name: string): string {
  const word = name.replaceAll(/[^A-Za-z0-9_]+/g, '_').replaceAll(/_+$/g, '');
  return /^[A-Za-z_]/.test(word) ? word : `_${word}`;
}
