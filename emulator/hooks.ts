import { settleGpio } from './display/gpio.ts';
import { DISPLAY_HOOKS } from './display/hooks.ts';
import { writeElsp } from './engine/elsp.ts';
import * as engine from './engine/engine-hooks.ts';
import { writeMiMode, writeRing } from './engine/legacy-ring.ts';
import { readThrough, writeThrough } from './engine/read-through.ts';
import { writeGdrst, writeResetControl } from './engine/reset.ts';
import { readFence, writeFence } from './gtt/fences.ts';
import * as interrupt from './interrupt/events.ts';
import type { ReadHookName, WriteHookName } from './mmio/hook-names.ts';
import type { ReadHook, WriteHook } from './mmio/hooks.ts';
import type { RegisterMap } from './mmio/register-map.ts';
import type { RegisterRow } from './mmio/register-row.ts';
import { POWER_HOOKS } from './power/hooks.ts';

/** What each name in the register rows does. */
export const WRITE_HOOKS: Readonly<Record<WriteHookName, WriteHook>> = {
  ...POWER_HOOKS.write,
  ...DISPLAY_HOOKS.write,
  elsp: writeElsp,
  ring: writeRing,
  'mi-mode': writeMiMode,
  'ring-mode': engine.writeRingMode,
  'csfe-chicken': engine.writeCsfeChicken,
  'engine-reset-request': writeResetControl,
  gdrst: writeGdrst,
  'interrupt-mask': interrupt.writeInterruptMask,
  'interrupt-enable': interrupt.writeInterruptEnable,
  'interrupt-identity': interrupt.writeInterruptIdentity,
  'master-interrupt': interrupt.writeMasterInterrupt,
  fence: writeFence,
  'gen9-gamw': engine.writeGamw,
  'force-to-nonpriv': engine.writeForceToNonpriv,
  trtt: engine.writeTrtt,
  'read-through': writeThrough,
  'hws-page': engine.writeHwsPage,
};

export const READ_HOOKS: Readonly<Record<ReadHookName, ReadHook>> = {
  ...POWER_HOOKS.read,
  ...DISPLAY_HOOKS.read,
  fence: readFence,
  'ring-timestamp': engine.readRingTimestamp,
  'read-through': readThrough,
};

/** Those that compute an answer, and change nothing. */
const ANSWERS_ONLY: ReadonlySet<ReadHookName> = new Set(['gpio', 'frame-counter', 'scan-line']);

/** What a register holds after a write of a whole dword: of hooks that do nothing else than to say so. */
type Settle = (written: number, previous: number) => number;
const SETTLES: Partial<Readonly<Record<WriteHookName, Settle>>> = { gpio: settleGpio };

/** The hooks of a map's registers, by descriptor index. */
export interface HooksOfMap {
  readonly map: RegisterMap;
  readonly read: readonly (ReadHook | undefined)[];
  readonly write: readonly (WriteHook | undefined)[];
  /** 1: a read changes nothing, and nothing is to be said of it. */
  readonly silent: Uint8Array;
  /** In place of the whole of a write, where somebody who hears of changes does not listen. */
  readonly settle: readonly (Settle | undefined)[];
}

const known = new WeakMap<RegisterMap, HooksOfMap>();
let latest: HooksOfMap | undefined;

/** Looked up once for each map: by name would be a good part of the time that an access takes. */
export function hooksOf(map: RegisterMap): HooksOfMap {
  if (latest?.map === map) return latest;
  latest = known.get(map) ?? resolve(map);
  known.set(map, latest);
  return latest;
}

function resolve(map: RegisterMap): HooksOfMap {
  const rows = map.descriptors.map((descriptor) => descriptor?.row);
  return {
    map,
    read: rows.map((row) => (row?.onRead === undefined ? undefined : READ_HOOKS[row.onRead])),
    write: rows.map((row) => (row?.onWrite === undefined ? undefined : WRITE_HOOKS[row.onWrite])),
    silent: Uint8Array.from(rows, (row) => (row !== undefined && isSilent(row) ? 1 : 0)),
    settle: rows.map((row) => (row === undefined ? undefined : settleOf(row))),
  };
}

function settleOf({ access = 'rw', onWrite }: RegisterRow): Settle | undefined {
  return access === 'rw' && onWrite !== undefined ? SETTLES[onWrite] : undefined;
}

function isSilent({ access, onRead }: RegisterRow): boolean {
  if (access === 'unimplemented') return false;
  return onRead === undefined || ANSWERS_ONLY.has(onRead);
}
