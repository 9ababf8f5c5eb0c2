import { readMmio } from '../../mmio/mmio-access.ts';
import { hasQuirk } from '../../quirks.ts';
import { askForEvent } from '../command-events.ts';
import { type Engine, RING } from '../engine.ts';
import { spaceFor, statusPage, writeGpu } from '../gpu-memory.ts';
import { noteEffect } from '../pace.ts';
import type { Execute } from './command.ts';
import { bitOf, dwordAt } from './operands.ts';
import { writeRegister } from './registers.ts';

/** Bits 15:14 of MI_FLUSH_DW and of PIPE_CONTROL's flags. */
const POST_SYNC = { none: 0, immediate: 1, depthCount: 2, timestamp: 3 } as const;
/** PS_DEPTH_COUNT, which nothing counts up here as nothing is drawn. */
const DEPTH_COUNT = 0x350;
const NOTIFY = 8;
const STORE_INDEX = 21;

/** gvt-facts §10.4: bit 2 of the address is the GGTT bit; the value is a dword, or two in the form of 5 dwords. */
export const executeFlushDw: Execute = (engine, dwords) => {
  const header = dwordAt(dwords, 0);
  const low = dwordAt(dwords, 1);
  const place = {
    ggtt: bitOf(low, 2),
    index: bitOf(header, STORE_INDEX),
    address: (dwordAt(dwords, 2) & 0xffff) * 2 ** 32 + ((low & 0xfffffff8) >>> 0),
  };
  const long = dwords.length >= 5;
  const size = long ? 8 : 4;
  const unpatched = long && hasQuirk(engine.core.config, 'flush-dw-unaudited');
  // Without its patch an indexed store goes to the host's page, which no guest sees; nor does the notification come.
  if (unpatched && place.index) return;
  postSync(engine, (header >>> 14) & 3, place, size, dwordAt(dwords, 3), dwordAt(dwords, 4));
  if (bitOf(header, NOTIFY) && !unpatched && goesOn(engine)) notify(engine);
};

/** gvt-facts §10.4: the value always has 64 bits. */
export const executePipeControl: Execute = (engine, dwords) => {
  const flags = dwordAt(dwords, 1);
  const [low, high] = [dwordAt(dwords, 4), dwordAt(dwords, 5)];
  if (bitOf(flags, 23)) {
    writeRegister(engine, dwordAt(dwords, 2), low);
  } else {
    const place = {
      ggtt: bitOf(flags, 24),
      index: bitOf(flags, STORE_INDEX),
      address: (dwordAt(dwords, 3) & 0xffff) * 2 ** 32 + ((dwordAt(dwords, 2) & 0xfffffff8) >>> 0),
    };
    postSync(engine, (flags >>> 14) & 3, place, 8, low, high);
  }
  if (bitOf(flags, NOTIFY) && goesOn(engine)) notify(engine);
};

interface PostSyncPlace {
  readonly ggtt: boolean;
  /** The address is a byte offset in the status page. */
  readonly index: boolean;
  readonly address: number;
}

function postSync(
  engine: Engine,
  operation: number,
  place: PostSyncPlace,
  size: 4 | 8,
  low: number,
  high: number,
): void {
  if (operation === POST_SYNC.none) return;
  if (operation !== POST_SYNC.immediate) {
    const at = operation === POST_SYNC.timestamp ? RING.timestamp : DEPTH_COUNT;
    const { core, row } = engine;
    low = readMmio(core, row.base + at, 4).low;
    high = readMmio(core, row.base + at + 4, 4).low;
    size = 8;
  }
  if (!place.index) {
    writeGpu(engine, spaceFor(engine, !place.ggtt), place.address, size, low, high);
    return;
  }
  // GVT-g replaces the index by the address of HWS_PGA's page (gvt-facts §10.4).
  const page = statusPage(engine);
  if (page !== undefined) writeGpu(engine, 'ggtt', page + (place.address & 0xff8), size, low, high);
}

/** Not where the write could not be done: nothing is complete then. */
function goesOn({ state }: Engine): boolean {
  return state.stall === 'none' || state.stall === 'budget';
}

function notify(engine: Engine): void {
  noteEffect(engine);
  askForEvent(engine, 'notify');
}
