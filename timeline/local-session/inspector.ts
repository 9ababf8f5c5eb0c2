import type { DeviceModel } from '../../emulator/index.ts';
import { accessFacts } from '../breakpoint/access-facts.ts';
import { complete } from '../expression/complete.ts';
import type { Fold, FoldIndex } from '../fold/fold-index.ts';
import type {
  CommandView,
  Inspection,
  InspectionResults,
  InstructionAddress,
  MemoryView,
  StackView,
} from '../inspection.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { MemorySpace } from '../value64.ts';
import { accessView } from './access-view.ts';
import { CommandDocuments } from './command-documents.ts';
import { commandAtPlace, nextCommand } from './command-view.ts';
import type { DeviceViews } from './device-views.ts';
import { disassembly } from './disassembly.ts';
import { evaluateView } from './evaluate-view.ts';
import { faultView } from './fault-view.ts';
import { lastWriter } from './last-writer.ts';
import { contextHere } from './present-context.ts';
import { RegisterViews } from './register-views.ts';
import type { SessionGuest } from './session-guest.ts';
import { stackView } from './stack-view.ts';

/** Most bytes of memory and entries of the GGTT in one answer; whoever wants more asks again. */
const MOST_BYTES = 2 ** 20;
const MOST_ENTRIES = 65_536;

/** A question of one kind. */
export type Question<K extends Inspection['kind']> = Extract<Inspection, { kind: K }> & {
  readonly kind: K;
};

type Answers = {
  readonly [K in Inspection['kind']]: (
    query: Question<K>,
  ) => InspectionResults[K] | Promise<InspectionResults[K]>;
};

/** Answers questions about the present moment. Nothing here changes it. */
export class Inspector {
  readonly #playhead: Playhead;
  readonly #directory: RegisterDirectory;
  readonly #folds: FoldIndex;
  readonly #views: DeviceViews | undefined;
  readonly #guests: readonly SessionGuest[];
  /** Of several guests, the one that a question is about. */
  #guest: number | undefined;
  readonly #registers: RegisterViews;
  readonly #documents: CommandDocuments | undefined;
  readonly #yieldToOthers: () => Promise<void>;
  readonly #answers: Answers;

  constructor(
    playhead: Playhead,
    directory: RegisterDirectory,
    folds: FoldIndex,
    views: DeviceViews | undefined,
    guests: readonly SessionGuest[],
    yieldToOthers: () => Promise<void>,
  ) {
    this.#yieldToOthers = yieldToOthers;
    this.#playhead = playhead;
    this.#directory = directory;
    this.#folds = folds;
    this.#views = views;
    this.#guests = guests;
    this.#documents = views === undefined ? undefined : new CommandDocuments(views);
    this.#registers = new RegisterViews(playhead.device, directory);
    this.#answers = this.#table();
  }

  /** Rejects, with a sentence, where the question cannot be understood. */
  async answer<K extends Inspection['kind']>(
    query: Question<K>,
    guest?: number,
  ): Promise<InspectionResults[K]> {
    const { device } = this.#playhead;
    this.#guest = guest;
    device.lookAs?.(guest);
    try {
      return this.#answers[query.kind](query);
    } finally {
      this.#guest = undefined;
      device.lookAs?.(undefined);
    }
  }

  #table(): Answers {
    const registers = this.#registers;
    return {
      access: () => accessView(this.#playhead, this.#directory, registers, this.#record),
      stack: ({ thread }) => this.#stack(thread),
      engines: () => this.#guestViews?.engines() ?? [],
      engine: ({ name }) => this.#views?.engine(name),
      command: ({ engine, at }) => this.#command(engine, at),
      disassembly: (query) => disassembly(this.#views, query),
      commands: ({ document }) => this.#documents?.text(document),
      blocks: () => registers.blocks(),
      registers: ({ block }) => registers.block(block),
      register: ({ name }) => registers.named(name),
      ggtt: ({ start, count }) => this.#views?.ggtt(start, Math.min(count, MOST_ENTRIES)) ?? [],
      walk: ({ space, address, root }) => this.#views?.walk(space, address, root) ?? [],
      interrupts: () => this.#views?.interrupts() ?? [],
      screen: ({ pipe, whose }) =>
        whose === 'host' ? this.#views?.hostScreen?.(pipe) : this.#views?.screen(pipe),
      shadow: () => this.#views?.shadow?.(),
      host: () => this.#views?.host?.(),
      hostFiles: ({ folder }) => this.#views?.hostFiles?.(folder) ?? [],
      pvinfo: () => registers.pvinfo(),
      config: () => registers.config(),
      memory: ({ space, address, count }) =>
        memoryView(this.#playhead.device, space, address, count),
      evaluate: ({ expression }) =>
        evaluateView(expression, this.#directory, registers, this.#context()),
      complete: ({ text, column }) => complete(text, column, this.#directory),
      lastWriter: ({ offset, bits }) => this.#lastWriter(offset, bits),
      fault: ({ fault }) => {
        const guest = fault.whose ?? this.#guest ?? this.#presentGuest;
        const own = guest === undefined ? undefined : this.#guests[guest]?.views;
        return faultView(fault, {
          playhead: this.#playhead,
          directory: this.#directory,
          views: own ?? this.#views,
          guest,
          yieldToOthers: this.#yieldToOthers,
        });
      },
      hash: () => this.#playhead.device.hash(),
    };
  }

  /** Memory was changed by hand. */
  edited(): void {
    this.#documents?.forget();
  }

  /** The record that comes next, of all or of the guest that is asked about. */
  get #record(): number {
    const { position } = this.#playhead;
    return this.#asked?.records.nextFrom(position) ?? position;
  }

  get #asked(): SessionGuest | undefined {
    return this.#guest === undefined ? undefined : this.#guests[this.#guest];
  }

  /** Of one guest its engines by their own names, else those of all. */
  get #guestViews(): DeviceViews | undefined {
    return this.#asked?.views ?? this.#views;
  }

  #foldAt(record: number): Fold | undefined {
    if (this.#guests.length === 0) return this.#folds.at(record);
    const { store } = this.#playhead;
    return record < store.length
      ? this.#guests[store.guest(record)]?.records.foldAt(record)
      : undefined;
  }

  #lastWriter(offset: number, bits: { low: number; high: number } | undefined) {
    const guest = this.#guest ?? this.#presentGuest;
    const target = { offset, bits, guest };
    return lastWriter(this.#playhead, this.#directory, target, this.#yieldToOthers);
  }

  get #presentGuest(): number | undefined {
    const { device, store, position } = this.#playhead;
    if (device.guests === undefined) return undefined;
    return position < store.length ? store.guest(position) : 0;
  }

  #command(name: string, at: InstructionAddress | undefined): CommandView | undefined {
    const named = (views: DeviceViews | undefined) =>
      views?.engines().find((each) => each.name === name);
    // Of several guests, one's own `RCS0` is also `vGPU2.RCS0`, by which rings and batches are called.
    const engine = named(this.#guestViews) ?? named(this.#views);
    if (this.#views === undefined || this.#documents === undefined || engine === undefined) {
      return undefined;
    }
    return at === undefined
      ? nextCommand(this.#views, this.#documents, engine)
      : commandAtPlace(this.#views, this.#documents, engine, at);
  }

  #stack(thread: string | undefined): StackView {
    const parts = {
      directory: this.#directory,
      foldAt: (record: number) => this.#foldAt(record),
      views: this.#views,
      documents: this.#documents,
    };
    return stackView(this.#playhead, parts, thread, this.#record);
  }

  #context() {
    const { store, device } = this.#playhead;
    const record = this.#record;
    const facts =
      record < store.length ? accessFacts(store, device, this.#directory, record) : undefined;
    return contextHere(this.#playhead, facts);
  }
}

function memoryView(
  device: DeviceModel,
  space: MemorySpace,
  address: number,
  count: number,
): MemoryView {
  const length = Math.max(0, Math.min(count, MOST_BYTES));
  const bytes = new Uint8Array(length);
  const known = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const size = Math.min(8 - ((address + done) % 8), length - done);
    done += peekInto(device, space, address + done, size, bytes, known, done);
  }
  return { address, bytes, known };
}

/** Looks at several bytes at once, and byte by byte where one of them is unknown. */
function peekInto(
  device: DeviceModel,
  space: MemorySpace,
  address: number,
  size: number,
  bytes: Uint8Array,
  known: Uint8Array,
  at: number,
): number {
  const seen = device.peek(space, address, size);
  if (!seen.known && size > 1) {
    for (let i = 0; i < size; i++) peekInto(device, space, address + i, 1, bytes, known, at + i);
    return size;
  }
  for (let i = 0; i < size && seen.known; i++) {
    bytes[at + i] = i < 4 ? seen.low >>> (i * 8) : seen.high >>> ((i - 4) * 8);
    known[at + i] = 1;
  }
  return size;
}
