import type { DeviceModel } from '../../emulator/index.ts';
import { accessFacts } from '../breakpoint/access-facts.ts';
import { complete } from '../expression/complete.ts';
import type { FoldIndex } from '../fold/fold-index.ts';
import type {
  CommandView,
  Inspection,
  InspectionResults,
  MemoryView,
  StackView,
} from '../inspection.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { MemorySpace } from '../value64.ts';
import { accessView } from './access-view.ts';
import { CommandDocuments } from './command-documents.ts';
import type { DeviceViews } from './device-views.ts';
import { isEmpty } from './engine-frames.ts';
import { evaluateView } from './evaluate-view.ts';
import { lastWriter } from './last-writer.ts';
import { contextHere } from './present-context.ts';
import { RegisterViews } from './register-views.ts';
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
  readonly #registers: RegisterViews;
  readonly #documents: CommandDocuments | undefined;
  readonly #yieldToOthers: () => Promise<void>;
  readonly #answers: Answers;

  constructor(
    playhead: Playhead,
    directory: RegisterDirectory,
    folds: FoldIndex,
    views: DeviceViews | undefined,
    yieldToOthers: () => Promise<void>,
  ) {
    this.#yieldToOthers = yieldToOthers;
    this.#playhead = playhead;
    this.#directory = directory;
    this.#folds = folds;
    this.#views = views;
    this.#documents = views === undefined ? undefined : new CommandDocuments(views);
    this.#registers = new RegisterViews(playhead.device, directory);
    this.#answers = this.#table();
  }

  /** Rejects, with a sentence, where the question cannot be understood. */
  async answer<K extends Inspection['kind']>(query: Question<K>): Promise<InspectionResults[K]> {
    return this.#answers[query.kind](query);
  }

  #table(): Answers {
    const registers = this.#registers;
    return {
      access: () => accessView(this.#playhead, this.#directory, registers),
      stack: ({ thread }) => this.#stack(thread),
      engines: () => this.#views?.engines() ?? [],
      engine: ({ name }) => this.#views?.engine(name),
      command: ({ engine }) => this.#command(engine),
      commands: ({ document }) => this.#documents?.text(document),
      blocks: () => registers.blocks(),
      registers: ({ block }) => registers.block(block),
      register: ({ name }) => registers.named(name),
      ggtt: ({ start, count }) => this.#views?.ggtt(start, Math.min(count, MOST_ENTRIES)) ?? [],
      walk: ({ space, address, root }) => this.#views?.walk(space, address, root) ?? [],
      interrupts: () => this.#views?.interrupts() ?? [],
      screen: ({ pipe }) => this.#views?.screen(pipe),
      shadow: () => this.#views?.shadow?.(),
      host: () => this.#views?.host?.(),
      pvinfo: () => registers.pvinfo(),
      config: () => registers.config(),
      memory: ({ space, address, count }) =>
        memoryView(this.#playhead.device, space, address, count),
      evaluate: ({ expression }) =>
        evaluateView(expression, this.#directory, registers, this.#context()),
      complete: ({ text, column }) => complete(text, column, this.#directory),
      lastWriter: ({ offset, bits }) =>
        lastWriter(this.#playhead, this.#directory, offset, bits, this.#yieldToOthers),
      hash: () => this.#playhead.device.hash(),
    };
  }

  /** Memory was changed by hand. */
  edited(): void {
    this.#documents?.forget();
  }

  #command(name: string): CommandView | undefined {
    const engine = this.#views?.engines().find((each) => each.name === name);
    const level = engine?.levels.at(-1);
    if (level === undefined || isEmpty(level)) return undefined;
    const where = { engine: name, context: 0, level };
    const command = this.#documents?.commandAt(where, level.address, true);
    const { kind, space } = level;
    return command === undefined ? undefined : { ...command, engine: name, level: kind, space };
  }

  #stack(thread: string | undefined): StackView {
    const parts = {
      directory: this.#directory,
      folds: this.#folds,
      views: this.#views,
      documents: this.#documents,
    };
    return stackView(this.#playhead, parts, thread);
  }

  #context() {
    const { store, device, position } = this.#playhead;
    const facts =
      position < store.length ? accessFacts(store, device, this.#directory, position) : undefined;
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
