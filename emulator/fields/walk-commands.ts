import type { CommandDecoder, CommandTree } from './command-decoder.ts';
import { fieldNamed, lowOf } from './state/state-context.ts';
import type { Space } from './state/state-tree.ts';
import { addressOf, hexText } from './value-text.ts';

/** Where commands begin, and how far they go. */
export interface CommandRun {
  readonly space: Space;
  readonly address: number;
  readonly engine?: string;
  /** Behind the last; without it the commands end with MI_BATCH_BUFFER_END or where memory is not known. */
  readonly end?: number;
  /** They stand in a ring, and go on at its start behind its end. */
  readonly ring?: { readonly start: number; readonly size: number };
  /** Space that pointers of a ring's commands are in, where that is not the ring's. */
  readonly state?: Space;
}

export interface CommandListener {
  /** `depth`: 0 in the ring or what was begun with, 1 in a batch started there, 2 in a second-level batch. */
  command(command: CommandTree, depth: number): void;
  /** Why commands do not go on. */
  note(text: string, depth: number): void;
}

/** Batches in batches: hardware has two levels, which a wrong batch does not know. */
const MOST_DEPTH = 8;
/** Commands of one walk: batches that are started again and again are as long as they like. */
const MOST_COMMANDS = 1_000_000;
const BATCH_START = 'MI_BATCH_BUFFER_START';
const BATCH_END = 'MI_BATCH_BUFFER_END';

/** Goes through commands as they stand in memory, into the batches that they start. Predicated starts are passed over. */
export function walkCommands(
  decoder: CommandDecoder,
  run: CommandRun,
  listener: CommandListener,
): void {
  new Walk(decoder, listener).level(run, 0);
}

class Walk {
  readonly #decoder: CommandDecoder;
  readonly #listener: CommandListener;
  #count = 0;

  constructor(decoder: CommandDecoder, listener: CommandListener) {
    this.#decoder = decoder;
    this.#listener = listener;
  }

  level(run: CommandRun, depth: number): void {
    let { address, space } = run;
    let left = bytesOf(run);
    const started = new Set<number>();
    while (left > 0) {
      const command = this.#next(run, space, address, depth);
      if (command === undefined || command.name === BATCH_END) return;
      address = behind(address + command.length * 4, run);
      left -= command.length * 4;
      const batch = command.name === BATCH_START ? batchOf(command) : undefined;
      if (batch === undefined) continue;
      const isJump = !batch.isSecond && run.ring === undefined && depth > 0;
      if (!isJump) {
        this.#nested(run, batch, depth);
        continue;
      }
      if (started.has(batch.address)) {
        this.#listener.note(`goes on at ${hexText48(batch.address)} as before, without end`, depth);
        return;
      }
      started.add(batch.address);
      ({ address, space } = batch);
      left = Number.POSITIVE_INFINITY;
    }
  }

  #next(run: CommandRun, space: Space, address: number, depth: number): CommandTree | undefined {
    if (this.#count++ >= MOST_COMMANDS) {
      this.#listener.note(`more than ${MOST_COMMANDS} commands: the others are left out`, depth);
      return undefined;
    }
    const { engine, state, ring } = run;
    const command = this.#decoder.commandAt({
      space,
      address,
      ...(engine === undefined ? {} : { engine }),
      ...(state === undefined ? {} : { state }),
      ...(ring === undefined ? {} : { ring }),
    });
    if (command === undefined) {
      this.#listener.note(`memory unknown at ${space} ${hexText48(address)}`, depth);
      return undefined;
    }
    this.#listener.command(command, depth);
    return command;
  }

  #nested({ engine }: CommandRun, { space, address }: Batch, depth: number): void {
    if (depth + 1 >= MOST_DEPTH) {
      this.#listener.note(`batches in batches, ${MOST_DEPTH} deep: this one is left out`, depth);
      return;
    }
    this.level({ space, address, ...(engine === undefined ? {} : { engine }) }, depth + 1);
  }
}

interface Batch {
  readonly space: Space;
  readonly address: number;
  /** It comes back, behind the command that started it. */
  readonly isSecond: boolean;
}

/** Undefined where the start depends on a predicate. */
function batchOf({ fields }: CommandTree): Batch | undefined {
  const start = fieldNamed(fields, 'Batch Buffer Start Address');
  if (start === undefined || lowOf(fields, 'Predication Enable') !== 0) return undefined;
  return {
    address: addressOf(start),
    space: lowOf(fields, 'Address Space Indicator') === 0 ? 'ggtt' : 'ppgtt',
    isSecond: lowOf(fields, 'Second Level Batch Buffer') !== 0,
  };
}

/** How far the commands go: a ring's last one may lie across where they end. */
function bytesOf({ address, end, ring }: CommandRun): number {
  if (end === undefined) return Number.POSITIVE_INFINITY;
  return ring === undefined ? end - address : (end - address + ring.size) % ring.size;
}

function behind(address: number, { ring }: CommandRun): number {
  return ring !== undefined && address >= ring.start + ring.size ? address - ring.size : address;
}

function hexText48(address: number): string {
  return hexText((address % 2 ** 32) >>> 0, Math.floor(address / 2 ** 32));
}
