import type { Core } from '../core.ts';
import type { DisplayState, GmbusState, PendingFlip } from '../display/display-state.ts';
import type {
  Batch,
  ContextPair,
  Descriptor,
  EngineState,
  EnginesState,
  Loop,
} from '../engine/engine-state.ts';
import { AT_ONCE } from '../engine/pace.ts';
import { FAILSAFE_REASONS } from '../failsafe.ts';
import { GGTT_ENTRIES } from '../gtt/ggtt.ts';
import type { GgttHalves } from '../gtt/ggtt-halves.ts';
import type { HostEntries } from '../gtt/host-entries.ts';
import { type RootType, type TableType, TYPE } from '../gtt/shadow/entry-types.ts';
import type { ShadowRoot, ShadowState, ShadowTable } from '../gtt/shadow/shadow-state.ts';
import { ENTRIES } from '../gtt/shadow/shadow-tables.ts';
import { INTERRUPT_EVENTS, type InterruptEventId } from '../interrupt/interrupt-tables.ts';
import { MMIO_SIZE } from '../mmio/register-map.ts';
import { CONFIG_SIZE, type ConfigState } from '../pci/config-state.ts';
import {
  amount,
  byNumber,
  bytes,
  type Codec,
  checked,
  flag,
  list,
  object,
  oneOf,
  orNull,
  whole,
} from '../state/plain-codec.ts';
import type { Alarm, VgpuState } from '../vgpu-state.ts';

const word = whole(0, 0xffffffff);
const graphicsAddress = whole(0, 2 ** 48);
const guestFrame = whole(0, 2 ** 36);
const entryIndex = whole(0, GGTT_ENTRIES - 1);
const tableIndex = whole(0, ENTRIES - 1);
/** Of things that no hardware bounds. */
const count = whole(0, Number.MAX_SAFE_INTEGER);

/** Shorter ones no pipe makes: the device would do nothing but vblanks. */
const SHORTEST_PERIOD = 1e6;

const alarm: Codec<Alarm> = object({
  name: oneOf('vblank', 'engines'),
  at: amount,
  argument: whole(0, 2),
});

const ggttHalves: Codec<GgttHalves> = checked(
  object({
    index: whole(-1, GGTT_ENTRIES - 1),
    offset: oneOf(0, 4),
    older: byNumber(entryIndex, oneOf(0, 4)),
    olderCount: count,
  }),
  ({ older, olderCount }) =>
    Object.keys(older).length === olderCount ? undefined : 'it miscounts halves of entries',
);

const hostEntries: Codec<HostEntries> = checked(
  object({ count, each: byNumber(entryIndex, object({ low: word, high: word })) }),
  ({ each, count }) =>
    Object.keys(each).length === count ? undefined : 'it miscounts entries of the hardware',
);

const rootType: Codec<RootType> = oneOf(TYPE.rootL3, TYPE.rootL4);
const tableType: Codec<TableType> = oneOf(
  TYPE.pteTable,
  TYPE.pdeTable,
  TYPE.pdpTable,
  TYPE.pml4Table,
);

const shadowTable: Codec<ShadowTable> = object({
  frame: guestFrame,
  type: tableType,
  ips: flag,
  references: count,
  protected: flag,
  postponed: list(tableIndex),
  stale: list(object({ index: tableIndex, low: word, high: word })),
});

function shadowRoot(engines: number): Codec<ShadowRoot> {
  return object({
    type: rootType,
    pdps: list(graphicsAddress),
    references: count,
    users: list(whole(0, engines - 1)),
    shadowed: flag,
  });
}

function shadow(engines: number): Codec<ShadowState> {
  return checked(
    object({ tables: list(shadowTable), roots: list(shadowRoot(engines)) }),
    ({ tables }) =>
      tables.every(({ frame }, at) => frame > (tables[at - 1]?.frame ?? -1))
        ? undefined
        : 'its page tables are not in order',
  );
}

const descriptor: Codec<Descriptor> = object({ low: word, high: word });

const contextPair: Codec<ContextPair> = checked(
  object({ elements: list(descriptor), current: whole(0, 1), slot: oneOf(0, 1) }),
  ({ elements, current }) =>
    elements.length <= 2 && current < elements.length ? undefined : 'it has a pair without context',
);

const batch: Codec<Batch> = object({
  kind: oneOf('batch', 'second-level batch', 'indirect context', 'per-context batch'),
  space: oneOf('ggtt', 'ppgtt'),
  start: graphicsAddress,
  address: graphicsAddress,
  end: whole(-1, 2 ** 48),
});

const loop: Codec<Loop> = object({ target: whole(-1, 2 ** 48), rounds: count });

/** `burst`: the most commands that an engine may execute at once. */
function engine(burst: number): Codec<EngineState> {
  return object({
    port: object({
      written: whole(0, 3),
      dwords: list(word, 4),
      last: list(word),
      count,
    }),
    running: orNull(contextPair),
    pending: orNull(contextPair),
    phase: oneOf('idle', 'restore', 'run'),
    stall: oneOf(
      'none',
      'budget',
      'semaphore',
      'memory unknown',
      'page fault',
      'refused',
      'bad command',
      'captured',
    ),
    batches: list(batch),
    from: word,
    scanned: word,
    budget: whole(0, burst),
    setPredicate: whole(0, 15),
    eventsDue: list(oneOf('user', 'notify')),
    since: amount,
    loop,
    blt: object({ dwords: list(word, 10), monoPattern: flag }),
  });
}

function engines(each: number, burst: number): Codec<EnginesState> {
  return object({
    gate: oneOf('open', 'draining', 'closed'),
    work: flag,
    turn: whole(0, each - 1),
    each: list(engine(burst), each),
    copies: list(object({ offset: whole(0, MMIO_SIZE - 4), value: word })),
  });
}

const config: Codec<ConfigState> = object({
  bytes: bytes(CONFIG_SIZE),
  d3Entered: flag,
  decode: object({
    registers: whole(-1, Number.MAX_SAFE_INTEGER - 1),
    aperture: whole(-1, Number.MAX_SAFE_INTEGER - 1),
  }),
  written: flag,
  interruptLine: oneOf(0, 1),
});

const gmbus: Codec<GmbusState> = object({
  remaining: whole(0, 511),
  target: whole(0, 127),
  reading: flag,
  atFirstByte: flag,
  offset: whole(0, 255),
  segment: whole(0, 255),
});

const pendingFlip: Codec<PendingFlip> = object({
  pipe: whole(0, 2),
  event: oneOf(...INTERRUPT_EVENTS.map(({ id }) => id as InterruptEventId)),
});

const period = checked(amount, (ns) =>
  ns === 0 || ns >= SHORTEST_PERIOD ? undefined : `a pipe has a vblank each ${ns} ns`,
);

function display(dpcd: number): Codec<DisplayState> {
  return object({
    gmbus,
    aux: object({
      selected: flag,
      port: oneOf('', 'A', 'B', 'C', 'D', 'E'),
      offset: count,
    }),
    dpcd: bytes(dpcd),
    pendingFlips: list(pendingFlip),
    vblankPeriods: list(period, 3),
    sideband: list(object({ address: whole(0, 0xffff), value: word })),
  });
}

/**
 * All state of a vGPU that is not registers, GGTT or guest memory. Its type says that no item is forgotten; what comes
 * out of an image is state that a vGPU of the same platform and monitor can have.
 */
export function vgpuState({
  state,
  registers,
  config: { pace = AT_ONCE },
}: Core): Codec<VgpuState> {
  const each = state.engines.each.length;
  const burst = Math.max(pace.burst, pace.perMillisecond);
  return checked(
    object<VgpuState>({
      now: amount,
      alarms: list(alarm),
      pvNotified: flag,
      failsafe: whole(-1, FAILSAFE_REASONS.length - 1),
      ggttHalves,
      hostEntries,
      shadow: shadow(each),
      engines: engines(each, burst),
      scanUserBatches: list(oneOf(...registers.map.tables.engines.map(({ name }) => name))),
      config,
      display: display(state.display.dpcd.length),
    }),
    ({ alarms, now }) =>
      alarms.every(({ at }, index) => at >= (alarms[index - 1]?.at ?? now))
        ? undefined
        : 'its alarms are not in order',
  );
}
