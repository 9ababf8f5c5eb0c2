import type { FieldValue } from '../decode-group.ts';
import { addressOf } from '../value-text.ts';
import { kernelAt } from './follow-kernels.ts';
import { fieldNamed, lowOf, type StateContext, structAt, UNKNOWN } from './state-context.ts';
import type { StateTree } from './state-tree.ts';

/** Entries of a binding table that are looked at: commands do not tell how many it has. */
const BINDINGS = 8;
/** Surface states stand at multiples of 32 bytes and more. */
const SURFACE_ALIGNMENT = 32;

/** 3DSTATE_BINDING_TABLE_POINTERS_*: the surfaces of a stage. */
export function bindingTable(context: StateContext, offset: number, count = BINDINGS): StateTree[] {
  const surface = context.catalog.struct('RENDER_SURFACE_STATE');
  if (surface === undefined) return [];
  const { bases } = context;
  const table = (bases.bindingTables || bases.surface) + offset;
  const trees: StateTree[] = [];
  for (let index = 0; index < count; index++) {
    const pointer = context.memory.dword(context.space, table + index * 4);
    if (pointer === undefined) {
      if (index === 0) trees.push(unknown('binding table', table, count * 4, offset));
      break;
    }
    // An entry of 0 is taken for none, and what no surface state can stand at for what follows the table.
    if (pointer === 0 || pointer % SURFACE_ALIGNMENT !== 0) continue;
    const title = `RENDER_SURFACE_STATE ${index}`;
    trees.push(structAt(context, surface, title, bases.surface + pointer, pointer));
  }
  return trees;
}

/** 3DSTATE_SAMPLER_STATE_POINTERS_*. */
export function samplers(context: StateContext, offset: number, count: number): StateTree[] {
  return structsAt(context, 'SAMPLER_STATE', context.bases.dynamic, offset, count);
}

/** `count` structures one behind the other, from a base address on. */
export function structsAt(
  context: StateContext,
  name: string,
  base: number,
  offset: number,
  count: number,
): StateTree[] {
  const plan = context.catalog.struct(name);
  if (plan === undefined) return [];
  const bytes = plan.row.length * 4;
  return Array.from({ length: count }, (_, index) => {
    const at = offset + index * bytes;
    return structAt(context, plan, `${name} ${index}`, base + at, at);
  });
}

/** A header, and an entry for the first render target. */
export function blendState(context: StateContext, offset: number): StateTree[] {
  const { catalog, bases } = context;
  const header = catalog.struct('BLEND_STATE');
  if (header === undefined) return [];
  const behind = offset + header.row.length * 4;
  return [
    structAt(context, header, 'BLEND_STATE', bases.dynamic + offset, offset),
    ...structsAt(context, 'BLEND_STATE_ENTRY', bases.dynamic, behind, 1),
  ];
}

/** MEDIA_INTERFACE_DESCRIPTOR_LOAD: each descriptor with its program, samplers and surfaces. */
export function interfaceDescriptors(
  context: StateContext,
  fields: readonly FieldValue[],
): StateTree[] {
  const plan = context.catalog.struct('INTERFACE_DESCRIPTOR_DATA');
  const bytes = lowOf(fields, 'Interface Descriptor Total Length');
  const offset = lowOf(fields, 'Interface Descriptor Data Start Address');
  const count = plan === undefined ? 0 : Math.floor(bytes / (plan.row.length * 4));
  const all = structsAt(
    context,
    'INTERFACE_DESCRIPTOR_DATA',
    context.bases.dynamic,
    offset,
    Math.min(count, MOST_DESCRIPTORS),
  );
  return all.flatMap((each) => [each, ...ofDescriptor(context, each.fields)]);
}

/** Hardware has room for 64. */
const MOST_DESCRIPTORS = 64;

function ofDescriptor(context: StateContext, fields: readonly FieldValue[]): StateTree[] {
  const kernel = fieldNamed(fields, 'Kernel Start Pointer');
  if (kernel === undefined) return [];
  // 1 stands for one to four, 2 for five to eight: there are at least as many as it says.
  const samplerCount = lowOf(fields, 'Sampler Count');
  const surfaces = lowOf(fields, 'Binding Table Entry Count');
  return [
    kernelAt(context, 'compute shader', addressOf(kernel)),
    ...samplers(context, lowOf(fields, 'Sampler State Pointer'), samplerCount),
    ...(surfaces === 0
      ? []
      : bindingTable(context, lowOf(fields, 'Binding Table Pointer'), surfaces)),
  ];
}

function unknown(title: string, address: number, bytes: number, offset: number): StateTree {
  const state = { kind: 'struct', title, address, offset, bytes, words: [], fields: [] } as const;
  return { ...state, problem: UNKNOWN };
}
