import type { CommandRow } from '../command/command-row.ts';
import { lengthOf } from '../command/command-table.ts';
import { decodeGroup, type FieldValue } from './decode-group.ts';
import type { FieldCatalog } from './field-catalog.ts';
import { commandLength, type GroupPlan } from './group-plan.ts';
import { ownFields, ownRow, unknownLength } from './own-rows.ts';
import { FOLLOWERS } from './state/followers.ts';
import { noBases, type StateBases } from './state/state-context.ts';
import type { CommandMemory, Space, StateTree } from './state/state-tree.ts';

/** A command with all its fields, and what it points to. */
export interface CommandTree {
  /** Undefined for a dword that begins no command. */
  readonly name: string | undefined;
  /** Graphics address. */
  readonly address: number;
  /** Dwords, as the first one says. */
  readonly length: number;
  /** Those that are known. */
  readonly words: readonly number[];
  readonly fields: readonly FieldValue[];
  readonly state: readonly StateTree[];
}

/** Where a command stands. */
export interface CommandPlace {
  readonly space: Space;
  readonly address: number;
  /** `RCS0`; every engine's commands where undefined. */
  readonly engine?: string;
  /** Space that its pointers are in, where that is another. */
  readonly state?: Space;
  readonly ring?: { readonly start: number; readonly size: number };
}

/** Commands that set what pointers count from. */
const SETTERS: ReadonlySet<string> = new Set([
  'STATE_BASE_ADDRESS',
  '3DSTATE_BINDING_TABLE_POOL_ALLOC',
]);

/** Longest command that is read whole. */
const MOST_DWORDS = 0x1000;

/**
 * Decodes commands in the order in which they are executed: what pointers count from is what commands before have
 * set.
 */
export class CommandDecoder {
  readonly catalog: FieldCatalog;
  readonly bases: StateBases;
  readonly #memory: CommandMemory;

  constructor(catalog: FieldCatalog, memory: CommandMemory, bases = noBases()) {
    this.catalog = catalog;
    this.bases = bases;
    this.#memory = memory;
  }

  /** Undefined where memory is not known. */
  commandAt(place: CommandPlace): CommandTree | undefined {
    const header = this.#memory.dword(place.space, place.address);
    if (header === undefined) return undefined;
    const found = this.#find(header, place.engine);
    const words = [header];
    while (words.length < Math.min(found.length, MOST_DWORDS)) {
      const word = this.#memory.dword(place.space, addressIn(place, words.length * 4));
      if (word === undefined) break;
      words.push(word);
    }
    return this.#tree(found, words, place);
  }

  /** Whether a command points to something, so that it matters what earlier ones have set. */
  follows(header: number, engine?: string): boolean {
    return FOLLOWERS.has(this.catalog.instruction(header, engine)?.row.name ?? '');
  }

  /**
   * Takes over what a command sets for later ones, without decoding those that set nothing. Returns its dwords, or
   * undefined where memory is not known.
   */
  passOver(place: CommandPlace): number | undefined {
    const header = this.#memory.dword(place.space, place.address);
    if (header === undefined) return undefined;
    const { plan, length } = this.#find(header, place.engine);
    if (SETTERS.has(plan?.row.name ?? '')) this.commandAt(place);
    return length;
  }

  /** A command whose dwords are at hand. */
  decode(words: readonly number[], place: CommandPlace): CommandTree {
    return this.#tree(this.#find(words[0] ?? 0, place.engine), words, place);
  }

  #find(header: number, engine: string | undefined): Found {
    const plan = this.catalog.instruction(header, engine);
    if (plan !== undefined) return { plan, row: undefined, length: commandLength(plan, header) };
    const row = ownRow(this.catalog.platform, header, engine);
    const length = row === undefined ? unknownLength(header) : lengthOf(row, header);
    return { plan, row, length };
  }

  #tree(
    { plan, row, length }: Found,
    words: readonly number[],
    { address, space, state }: CommandPlace,
  ): CommandTree {
    const name = plan?.row.name ?? row?.name;
    const tree = { name, address, length, words };
    if (plan === undefined) {
      return { ...tree, fields: row === undefined ? [] : ownFields(row, words), state: [] };
    }
    const fields = decodeGroup(plan, words);
    const follow = FOLLOWERS.get(plan.row.name);
    if (follow === undefined) return { ...tree, fields, state: [] };
    const { catalog, bases } = this;
    const context = { catalog, bases, memory: this.#memory, space: state ?? space };
    return { ...tree, fields, state: follow(context, fields, words) };
  }
}

/** What begins with a dword: described by genxml, by the emulator's own table, or not at all. */
interface Found {
  readonly plan: GroupPlan | undefined;
  readonly row: CommandRow | undefined;
  readonly length: number;
}

/** In a ring what stands behind its end is at its start. */
function addressIn({ address, ring }: CommandPlace, bytes: number): number {
  const at = address + bytes;
  return ring !== undefined && at >= ring.start + ring.size ? at - ring.size : at;
}
