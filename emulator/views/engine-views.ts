import type { Core } from '../core.ts';
import { CSB, CSB_ENTRIES, PAGE_ENTRIES, PAGE_POINTER } from '../engine/csb.ts';
import { decodeDescriptor } from '../engine/descriptor.ts';
import {
  allEngines,
  type Engine,
  headOffset,
  RING,
  ringGet,
  ringSize,
  tailOffset,
  usesExeclists,
} from '../engine/engine.ts';
import type { ContextPair } from '../engine/engine-state.ts';
import { openBatches } from '../engine/fetch.ts';
import { rootOf, statusPage } from '../engine/gpu-memory.ts';
import { peekGpu } from '../engine/peek-command.ts';
import { imageView } from './context-image-view.ts';
import type {
  CsbEntry,
  CsbValue,
  EngineDetail,
  EngineValue,
  LevelValue,
  PairValue,
  PpgttValue,
  StatusPageValue,
} from './engine-view-types.ts';

/** All engines, in the order of the platform's table. */
export function engineViews(core: Core): EngineValue[] {
  return allEngines(core).map(engineView);
}

export function engineNamed(core: Core, name: string): Engine | undefined {
  return allEngines(core).find(({ row }) => row.name === name);
}

function engineView(engine: Engine): EngineValue {
  const { row, state } = engine;
  const { running, pending } = state;
  return {
    name: row.name,
    phase: state.phase,
    stall: state.stall,
    budget: state.budget,
    submission: usesExeclists(engine) ? 'execlists' : 'legacy ring',
    ...(running === null ? {} : { running: pairView(running) }),
    ...(pending === null ? {} : { pending: pairView(pending) }),
    levels: state.phase === 'run' ? levelsOf(engine) : [],
  };
}

function pairView({ elements, current, slot }: ContextPair): PairValue {
  const contexts = elements.map((element) => {
    const { lrca, contextId, addressing } = decodeDescriptor(element);
    return { lrca, id: contextId, levels: addressing === 3 ? 4 : 3 } as const;
  });
  return { slot, current, contexts };
}

function levelsOf(engine: Engine): LevelValue[] {
  const start = (ringGet(engine, RING.start) & 0xfffff000) >>> 0;
  const ring: LevelValue = {
    kind: 'ring',
    space: 'ggtt',
    start: start + engine.state.from,
    address: start + headOffset(engine),
    ring: { start, size: ringSize(engine), tail: start + tailOffset(engine) },
  };
  const batches = openBatches(engine.state).map(({ kind, space, start: first, address, end }) => ({
    kind,
    space,
    start: first,
    address,
    ...(end < 0 ? {} : { end }),
  }));
  return [ring, ...batches];
}

/** What one engine holds besides; undefined where there is none of that name. */
export function engineDetail(core: Core, name: string): EngineDetail | undefined {
  const engine = engineNamed(core, name);
  if (engine === undefined) return undefined;
  const image = imageView(engine);
  const page = statusPageView(engine);
  const ppgtt = ppgttView(engine);
  return {
    name,
    csb: csbView(engine),
    ...(image === undefined ? {} : { image }),
    ...(page === undefined ? {} : { statusPage: page }),
    ...(ppgtt === undefined ? {} : { ppgtt }),
  };
}

function csbView(engine: Engine): CsbValue {
  const pointer = ringGet(engine, RING.csbPointer);
  const entries = Array.from({ length: CSB_ENTRIES }, (_, at) =>
    csbEntry(ringGet(engine, RING.csb + at * 8), ringGet(engine, RING.csb + at * 8 + 4)),
  );
  return { writePointer: pointer & 7, readPointer: (pointer >>> 8) & 7, entries };
}

const BIT_NAMES = [
  [CSB.idleToActive, 'idle to active'],
  [CSB.preempted, 'preempted'],
  [CSB.elementSwitch, 'element switch'],
  [CSB.activeToIdle, 'active to idle'],
  [CSB.contextComplete, 'context complete'],
  [CSB.liteRestore, 'lite restore'],
] as const;

function csbEntry(status: number | undefined, contextId: number | undefined): CsbEntry {
  const names = BIT_NAMES.filter(([bit]) => ((status ?? 0) & bit) !== 0).map(([, name]) => name);
  return { status, contextId, meaning: names.join(', ') };
}

const FIRST_SHOWN = 0x30;
const LAST_SHOWN = 0x3f;

function statusPageView(engine: Engine): StatusPageValue | undefined {
  const address = statusPage(engine);
  if (address === undefined) return undefined;
  const dword = (offset: number) => peekGpu(engine, 'ggtt', address + offset);
  return {
    address,
    csb: Array.from({ length: CSB_ENTRIES }, (_, at) =>
      csbEntry(dword(PAGE_ENTRIES + at * 8), dword(PAGE_ENTRIES + at * 8 + 4)),
    ),
    writePointer: dword(PAGE_POINTER),
    dwords: Array.from({ length: LAST_SHOWN - FIRST_SHOWN + 1 }, (_, at) => {
      const index = FIRST_SHOWN + at;
      return { index, value: dword(index * 4) };
    }),
  };
}

/** Address space of the context that runs, as the engine has loaded it. */
function ppgttView(engine: Engine): PpgttValue | undefined {
  if (engine.state.running === null) return undefined;
  const root = rootOf(engine);
  if (root.levels === 3) return { levels: 3, roots: root.pdps, top: [] };
  const top = [];
  for (let index = 0; index < 512; index++) {
    const { low, high, known } = engine.core.memory.readValue(root.pml4 + index * 8, 8);
    if (known && (low & 1) !== 0) top.push({ index, low, high });
  }
  return { levels: 4, roots: [root.pml4], top };
}
