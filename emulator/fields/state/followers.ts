import { decodeGroup, type FieldValue } from '../decode-group.ts';
import { setBases, setBindingTablePool } from './follow-bases.ts';
import { constantBuffers, indexBuffer, vertexBuffers } from './follow-buffers.ts';
import { pixelKernels, stageKernel } from './follow-kernels.ts';
import {
  bindingTable,
  blendState,
  interfaceDescriptors,
  samplers,
  structsAt,
} from './follow-tables.ts';
import type { StateBases, StateContext } from './state-context.ts';
import type { StateTree } from './state-tree.ts';

/** What a command points to. It may change the bases that later ones count from. */
export type Follower = (
  context: StateContext,
  fields: readonly FieldValue[],
  words: readonly number[],
) => StateTree[];

const STAGES = { VS: 'vertex', HS: 'hull', DS: 'domain', GS: 'geometry' } as const;
const ALL_STAGES = ['VS', 'HS', 'DS', 'GS', 'PS'] as const;

/** Commands whose pointers are followed, one row each; viewports have one for each of four, of which all are shown. */
export const FOLLOWERS: ReadonlyMap<string, Follower> = new Map<string, Follower>([
  ['STATE_BASE_ADDRESS', baseSetter(setBases)],
  ['3DSTATE_BINDING_TABLE_POOL_ALLOC', baseSetter(setBindingTablePool)],
  ['MI_LOAD_REGISTER_IMM', loadedRegisters],
  ['MEDIA_INTERFACE_DESCRIPTOR_LOAD', interfaceDescriptors],
  ['3DSTATE_VERTEX_BUFFERS', vertexBuffers],
  ['3DSTATE_INDEX_BUFFER', indexBuffer],
  ['3DSTATE_PS', pixelKernels],
  ...Object.entries(STAGES).map(([stage, name]): [string, Follower] => [
    `3DSTATE_${stage}`,
    (context, fields) => stageKernel(context, fields, name),
  ]),
  ...ALL_STAGES.flatMap((stage): [string, Follower][] => [
    [`3DSTATE_CONSTANT_${stage}`, constantBuffers],
    [
      `3DSTATE_BINDING_TABLE_POINTERS_${stage}`,
      pointed((context, at) => bindingTable(context, at)),
    ],
    [`3DSTATE_SAMPLER_STATE_POINTERS_${stage}`, pointed((context, at) => samplers(context, at, 1))],
  ]),
  ['3DSTATE_BLEND_STATE_POINTERS', pointed(blendState)],
  ['3DSTATE_VIEWPORT_STATE_POINTERS_CC', dynamic('CC_VIEWPORT', 4)],
  ['3DSTATE_VIEWPORT_STATE_POINTERS_SF_CLIP', dynamic('SF_CLIP_VIEWPORT', 4)],
  ['3DSTATE_CC_STATE_POINTERS', dynamic('COLOR_CALC_STATE', 1)],
  ['3DSTATE_SCISSOR_STATE_POINTERS', dynamic('SCISSOR_RECT', 1)],
]);

/** Of a command that points to nothing itself. */
function baseSetter(set: (bases: StateBases, fields: readonly FieldValue[]) => void): Follower {
  return ({ bases }, fields) => {
    set(bases, fields);
    return [];
  };
}

/** Of a command that has one pointer, in its second dword. */
function pointed(follow: (context: StateContext, offset: number) => StateTree[]): Follower {
  return (context, fields) => {
    const pointer = fields.find(({ plan }) => plan.row.type === 'offset');
    return pointer === undefined ? [] : follow(context, pointer.low);
  };
}

function dynamic(struct: string, count: number): Follower {
  return pointed((context, at) => structsAt(context, struct, context.bases.dynamic, at, count));
}

/** Registers that have fields. */
function loadedRegisters(
  { catalog }: StateContext,
  _fields: readonly FieldValue[],
  words: readonly number[],
): StateTree[] {
  const trees: StateTree[] = [];
  for (let at = 1; at + 1 < words.length; at += 2) {
    const [offset = 0, value = 0] = [words[at], words[at + 1]];
    const plan = catalog.registerAt(offset & 0x7ffffc);
    if (plan === undefined) continue;
    const loaded = [value];
    const fields = decodeGroup(plan, loaded);
    const { name } = plan.row;
    trees.push({ kind: 'register', title: name, address: offset, bytes: 4, words: loaded, fields });
  }
  return trees;
}
