import type { CommandRange, CommandValue, LevelValue } from '../../emulator/index.ts';
import type { CommandPlace, CommandText } from '../inspection.ts';
import { hex } from '../register-directory.ts';
import type { DeviceViews } from './device-views.ts';

/** Commands in one document. Longer batches are read in several, which begin at the same commands each time. */
const CHUNK = 512;
/** Commands of a batch that are walked to find the present one. */
const MOST_WALKED = 65_536;

interface Chunk {
  readonly document: number;
  readonly title: string;
  readonly commands: readonly CommandValue[];
  /** Where the command behind the last one stands. */
  readonly after: number;
  /** Commands follow, in the next chunk. */
  readonly more: boolean;
}

/** A level of an engine: whose, and in which context. */
export interface EngineLevel {
  readonly engine: string;
  /** Graphics address of its image; 0 without. */
  readonly context: number;
  readonly level: LevelValue;
}

/**
 * Rings and batches as text, one command a line. A document never changes: a batch that has become another gets a
 * new number, one that is as it was keeps its own.
 */
export class CommandDocuments {
  readonly #views: Pick<DeviceViews, 'commands'>;
  readonly #documents: CommandText[] = [];
  readonly #numbers = new Map<string, number>();
  /** Chunks that were read at the present record: only commands themselves change them meanwhile. */
  readonly #chunks = new Map<string, Chunk>();
  #record = -1;

  constructor(views: Pick<DeviceViews, 'commands'>) {
    this.#views = views;
  }

  /** The text of a document that was handed out. */
  text(document: number): CommandText | undefined {
    return this.#documents[document - 1];
  }

  /** Memory was changed by hand. */
  forget(): void {
    this.#chunks.clear();
  }

  /** The command at an address of a level. */
  commandAt(
    { engine, level }: EngineLevel,
    address: number,
    decode = false,
  ): CommandValue | undefined {
    return this.#views.commands({ ...rangeOf(engine, level, address), most: 1, decode })[0];
  }

  /**
   * Where the command at `address` of a level is read. `behind`: the one that ends there, as a level goes on behind
   * the command that started a batch.
   */
  placeOf(
    where: EngineLevel,
    address: number,
    record: number,
    behind: boolean,
  ): CommandPlace | undefined {
    if (record !== this.#record) this.forget();
    this.#record = record;
    const found = this.#find(where, where.level.start, address, behind);
    if (found !== undefined || behind) return found;
    // Not on the way from its start, as after a jump, or changed on the way: it is read from here.
    this.forget();
    const again = this.#find(where, where.level.start, address, false);
    return again ?? this.#find(where, address, address, false);
  }

  #find(
    where: EngineLevel,
    start: number,
    address: number,
    behind: boolean,
  ): CommandPlace | undefined {
    let from = start;
    for (let walked = 0; walked < MOST_WALKED; ) {
      const { document, title, commands, after, more } = this.#chunk(where, from);
      const at = commands.findIndex((each) => each.address === address);
      const line = behind ? (after === address ? commands.length : at) - 1 : at;
      if (line >= 0) {
        const same = behind || this.commandAt(where, address)?.text === commands[line]?.text;
        return same ? { document, title, line: line + HEADER_LINES } : undefined;
      }
      if (!more) return undefined;
      walked += commands.length;
      from = after;
    }
    return undefined;
  }

  #chunk(where: EngineLevel, from: number): Chunk {
    const { engine, context, level } = where;
    const key = [engine, context, level.kind, level.space, from, level.ring?.tail].join(' ');
    const known = this.#chunks.get(key);
    if (known !== undefined) return known;
    const commands = this.#views.commands(rangeOf(engine, level, from));
    const title = titleOf(engine, level);
    const text = [headerOf(level), ...commands.map((each) => lineOf(each, level)), ''].join('\n');
    const last = commands.at(-1);
    const after = last === undefined ? from : afterOf(last, level);
    const more = commands.length === CHUNK && after !== (level.ring?.tail ?? level.end);
    const isOfContext = level.space === 'ppgtt' && context !== 0;
    const document = this.#number({
      title,
      text,
      engine,
      space: level.space,
      ...(isOfContext ? { context } : {}),
      firstLine: HEADER_LINES,
      addresses: commands.map(({ address }) => address),
    });
    const chunk = { document, title, commands, after, more };
    this.#chunks.set(key, chunk);
    return chunk;
  }

  /** Two contexts may have the same text at the same addresses, and are not the same. */
  #number(document: CommandText): number {
    const { title, text, context } = document;
    const key = `${context ?? ''} ${title}\n${text}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#documents.push(document);
    this.#numbers.set(key, number);
    return number;
  }
}

function rangeOf(engine: string, level: LevelValue, address: number): CommandRange {
  const { space, ring } = level;
  const range = { engine, space, address, most: CHUNK };
  if (ring !== undefined) {
    return { ...range, end: ring.tail, ring: { start: ring.start, size: ring.size } };
  }
  return level.end === undefined ? range : { ...range, end: level.end };
}

function afterOf({ address, bytes }: CommandValue, { ring }: LevelValue): number {
  const after = address + bytes;
  return ring !== undefined && after >= ring.start + ring.size ? after - ring.size : after;
}

function titleOf(engine: string, { kind, start, ring }: LevelValue): string {
  return `${engine} ${kind} at ${hex(ring?.start ?? start)}`;
}

const HEADER_LINES = 1;

function headerOf({ space, ring }: LevelValue): string {
  const where = `${space.toUpperCase()} addresses`;
  if (ring === undefined) return `// ${where}`;
  const tail = hex(ring.tail);
  return `// ${where}; ${hex(ring.size)} bytes of ring from ${hex(ring.start)}, tail ${tail}`;
}

function lineOf({ address, text }: CommandValue, { space }: LevelValue): string {
  return `${hex(address, space === 'ppgtt' ? 12 : 8)}  ${text}`;
}
