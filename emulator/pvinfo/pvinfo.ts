import { type Core, fault, hex } from '../core.ts';
import { lacksResource } from '../failsafe.ts';
import { type RootType, TYPE } from '../gtt/shadow/entry-types.ts';
import { acquireRoot, destroyRoot } from '../gtt/shadow/shadow-roots.ts';
import { NOTIFICATIONS } from './notifications.ts';

/** The page through which host and guest know each other (gvt-facts §3). */
export const PVINFO_BASE = 0x78000;
export const PVINFO_SIZE = 0x1000;

/** `vGTvGTvG`, low and high dword. */
const MAGIC_LOW = 0x76544776;
const MAGIC_HIGH = 0x47765447;
const VERSION_MAJOR = 1;

/** Parts of the page that guests are expected to read: first and last byte. */
const READABLE = [
  [0x000, 0x013],
  [0x040, 0x053],
  [0x81c, 0x81f],
] as const;

/** Parts whose writes are stored: display ready, notify, cursor hot spots, PDPs, context descriptor. */
const WRITABLE = [
  [0x804, 0x807],
  [0x818, 0x81b],
  [0x830, 0x85f],
] as const;

const DISPLAY_READY = 0x804;
const NOTIFY = 0x818;
/** pdp[0..3], low and high dword each. */
const PDPS = 0x838;
const RESERVED_FIRST = 0x808;
const RESERVED_LAST = 0x817;

export function isPvinfo(offset: number): boolean {
  return offset >= PVINFO_BASE && offset < PVINFO_BASE + PVINFO_SIZE;
}

/** Fills the page, at power-on and after every device-model reset. */
export function populatePvinfo(core: Core): void {
  const { config, registers } = core;
  const slice = config.partition;
  for (let at = 0; at < PVINFO_SIZE; at += 4) registers.set(PVINFO_BASE + at, 0);
  const put = (at: number, value: number) => registers.set(PVINFO_BASE + at, value);
  put(0x000, MAGIC_LOW);
  put(0x004, MAGIC_HIGH);
  put(0x008, VERSION_MAJOR);
  put(0x00c, config.id);
  put(0x010, config.pvinfoCaps);
  put(0x040, slice.mappableBase);
  put(0x044, slice.mappableSize);
  put(0x048, slice.hiddenBase);
  put(0x04c, slice.hiddenSize);
  put(0x050, slice.fences);
  // Cursor hot spots: unknown until the guest says.
  put(0x830, 0xffffffff);
  put(0x834, 0xffffffff);
}

/** Any read tells that the guest knows it is virtual; odd places are reported and answered all the same. */
export function notePvinfoRead(core: Core, offset: number): void {
  core.state.pvNotified = true;
  const at = offset - PVINFO_BASE;
  if (!within(READABLE, at)) {
    fault(core, 'pvinfo-read', () => `read of PVINFO + ${hex(at)}`, { register: offset });
  }
}

/** What becomes of a write to the dword at `offset`: true where its value is stored. */
export function acceptPvinfoWrite(core: Core, offset: number, value: number): boolean {
  const at = offset - PVINFO_BASE;
  if (at >= RESERVED_FIRST && at <= RESERVED_LAST) {
    lacksResource(core, `write of ${hex(value)} to PVINFO + ${hex(at)}`, offset, value);
    return true;
  }
  if (!within(WRITABLE, at)) {
    const message = () => `write of ${hex(value)} to PVINFO + ${hex(at)}`;
    fault(core, 'pvinfo-write', message, { register: offset, value });
    return false;
  }
  if (at === DISPLAY_READY) tellDisplayReady(core, value !== 0);
  if (at === NOTIFY) notify(core, offset, value);
  return true;
}

/** What notifications do to PPGTTs; the others have no effect in GVT-g. */
const PPGTT_NOTIFICATIONS: Readonly<Record<number, { type: RootType; create: boolean }>> = {
  2: { type: TYPE.rootL3, create: true },
  3: { type: TYPE.rootL3, create: false },
  4: { type: TYPE.rootL4, create: true },
  5: { type: TYPE.rootL4, create: false },
};

function notify(core: Core, offset: number, value: number): void {
  if (NOTIFICATIONS[value] === undefined) {
    const message = () => `notification ${value} is not defined`;
    fault(core, 'g2v-unknown', message, { register: offset, value });
    return;
  }
  const row = PPGTT_NOTIFICATIONS[value];
  if (!row) return;
  const pdps = [0, 1, 2, 3].map((n) => {
    const low = PVINFO_BASE + PDPS + n * 8;
    return (core.registers.get(low + 4) & 0xffff) * 2 ** 32 + core.registers.get(low);
  });
  if (row.create) acquireRoot(core, row.type, pdps);
  else destroyRoot(core, row.type, pdps);
}

/** Each write is an event for whoever manages the host's display: GVT_DISPLAY_READY, VMID (gvt-facts §3). */
function tellDisplayReady(core: Core, ready: boolean): void {
  core.services?.displayReady(ready);
  core.listener?.displayReady?.({ vgpu: core.config.id, ready });
}

function within(ranges: readonly (readonly [number, number])[], at: number): boolean {
  return ranges.some(([first, last]) => at >= first && at <= last);
}
