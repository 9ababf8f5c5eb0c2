import type { FieldValue } from '../decode-group.ts';
import { decodeGroup } from '../decode-group.ts';
import type { FieldCatalog } from '../field-catalog.ts';
import type { GroupPlan } from '../group-plan.ts';
import type { CommandMemory, Space, StateTree } from './state-tree.ts';

const LOW_48 = 2 ** 48;
export const UNKNOWN = 'memory unknown';

/** Where pointers in commands count from: what earlier commands have set. Plain data, so that it can be kept. */
export interface StateBases {
  surface: number;
  dynamic: number;
  instruction: number;
  /** 0 where binding tables stand at the surface state's base. */
  bindingTables: number;
}

export function noBases(): StateBases {
  return { surface: 0, dynamic: 0, instruction: 0, bindingTables: 0 };
}

/** What following a command's pointers needs to know. */
export interface StateContext {
  readonly catalog: FieldCatalog;
  readonly memory: CommandMemory;
  readonly bases: StateBases;
  /** Space that the command's pointers are in. */
  readonly space: Space;
}

/** Dwords from `address` up to the first that is not known; an array of the caller's own. */
export function wordsAt({ memory, space }: StateContext, address: number, count: number): number[] {
  const words: number[] = [];
  for (let index = 0; index < count; index++) {
    const word = memory.dword(space, (address + index * 4) % LOW_48);
    if (word === undefined) break;
    words.push(word);
  }
  return words;
}

/** A structure in memory. */
export function structAt(
  context: StateContext,
  plan: GroupPlan,
  title: string,
  address: number,
  offset?: number,
): StateTree {
  const { length } = plan.row;
  const words = wordsAt(context, address, length);
  return {
    kind: 'struct',
    title,
    address: address % LOW_48,
    ...(offset === undefined ? {} : { offset }),
    bytes: length * 4,
    words,
    fields: decodeGroup(plan, words),
    ...(words.length < length ? { problem: UNKNOWN } : {}),
  };
}

/** The value of a field of that name; undefined where there is none. */
export function fieldNamed(fields: readonly FieldValue[], name: string): FieldValue | undefined {
  return fields.find((field) => field.name === name);
}

/** 0 where there is none of that name. */
export function lowOf(fields: readonly FieldValue[], name: string): number {
  return fieldNamed(fields, name)?.low ?? 0;
}
