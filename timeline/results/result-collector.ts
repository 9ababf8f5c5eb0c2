import type {
  CommandEvent,
  DeviceListener,
  DeviceWriteEvent,
  InterruptEvent,
  Submission,
} from '../../emulator/index.ts';
import type { Result, ResultsByAccess } from './result.ts';

/** Listens to a device that replays a trace, and keeps what it does by itself. */
export class ResultCollector implements DeviceListener {
  readonly #results = new Map<number, Result[]>();
  readonly #accesses: () => number;
  readonly #images = new Set<number>();
  #cause = '';

  /** `accesses` says how many accesses have been given to the device, counting the present one. */
  constructor(accesses: () => number) {
    this.#accesses = accesses;
  }

  get results(): ResultsByAccess {
    return this.#results;
  }

  /** Graphics addresses of the context images that were submitted. */
  get images(): ReadonlySet<number> {
    return this.#images;
  }

  submission({ elements }: Submission): void {
    for (const { low } of elements) this.#images.add((low & 0xfffff000) >>> 0);
  }

  command({ engine, level, offset, address, dwords }: CommandEvent): void {
    this.#add({
      kind: 'command',
      engine: engine.toLowerCase(),
      level: level === 'ring' ? 'ring' : 'batch',
      where: level === 'ring' ? offset : address % 2 ** 32,
      dwords,
    });
  }

  deviceWrite({ space, address, value }: DeviceWriteEvent): void {
    this.#add({ kind: 'write', space, address, value });
  }

  interrupt({ kind, name, delivered }: InterruptEvent): void {
    if (kind === 'event') this.#cause = name;
    else if (delivered) this.#add({ kind: 'interrupt', cause: this.#cause });
  }

  #add(result: Result): void {
    const at = this.#accesses();
    const there = this.#results.get(at);
    if (there === undefined) this.#results.set(at, [result]);
    else if (!isRepeated(there, result)) there.push(result);
  }
}

/** An endless batch executes one command for ever: twice in a row says it all. */
function isRepeated(there: readonly Result[], result: Result): boolean {
  if (result.kind !== 'command') return false;
  const last = there.at(-1);
  const before = there.at(-2);
  return isSamePlace(last, result) && isSamePlace(before, result);
}

function isSamePlace(a: Result | undefined, b: Result): boolean {
  if (a?.kind !== 'command' || b.kind !== 'command') return false;
  return a.engine === b.engine && a.level === b.level && a.where === b.where;
}
