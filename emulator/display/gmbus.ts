import type { Core } from '../core.ts';
import { raiseEvent } from '../interrupt/events.ts';
import type { ReadHook, WriteHook } from '../mmio/hooks.ts';
import type { Monitor } from '../vgpu-config.ts';
import { idleGmbus } from './display-state.ts';
import { edidByte, monitorOn, PORTS } from './ports.ts';

const GMBUS0 = 0xc5100;
const GMBUS1 = 0xc5104;
const GMBUS2 = 0xc5108;
const GMBUS3 = 0xc510c;
const GMBUS4 = 0xc5110;

const PIN_SELECT = 7;

const SOFTWARE_CLEAR = 0x80000000;
const SOFTWARE_READY = 0x40000000;
/** Cycle type, bits 27:25: an index goes first; the transfer ends with a stop. */
const STOP = 4;
const INDEX = 2;
const DATA = 1;

const IN_USE = 1 << 15;
const WAIT_PHASE = 1 << 14;
const INTERRUPT = 1 << 12;
const READY = 1 << 11;
const NAK = 1 << 10;

/** What GMBUS4 can let through as an interrupt (i915_reg.h). */
const READY_EVENT = 1 << 0;
const WAIT_EVENT = 1 << 1;
const IDLE_EVENT = 1 << 2;
const NAK_EVENT = 1 << 3;

/** I2C addresses of a monitor (VESA E-DDC): EDID, and the segment of 256 bytes within it, which is only written. */
const EDID_ADDRESS = 0x50;
const SEGMENT_ADDRESS = 0x30;

/**
 * GMBUS0 to GMBUS3 (gvt-facts §8). Cycles take no time: bit 9 of GMBUS2, "active", is never seen set, and the next
 * data is always ready.
 */
export const writeGmbus: WriteHook = (core, offset, next, previous, written) => {
  if (offset === GMBUS0) selectPin(core, next & PIN_SELECT);
  else if (offset === GMBUS1) writeCommand(core, next, previous);
  // A 1 releases the bus; all other bits are status.
  else if (offset === GMBUS2) core.registers.set(offset, previous & ~(written & IN_USE));
  else if (offset === GMBUS3) writeData(core);
};

/** GMBUS3: up to four bytes, least significant first; bytes that the transfer does not have are 0. */
export const readGmbusData: ReadHook = (core, offset, stored) => {
  const state = core.state.display.gmbus;
  if (offset !== GMBUS3 || !state.reading || state.remaining === 0) return stored;
  const monitor = selectedMonitor(core);
  const count = Math.min(4, state.remaining);
  let data = 0;
  for (let i = 0; i < count; i++) {
    data |= edidByte(monitor, state.segment * 256 + state.offset) << (i * 8);
    state.offset = (state.offset + 1) & 0xff;
  }
  core.registers.set(GMBUS3, data);
  moved(core, count);
  return data >>> 0;
};

/** The HDMI monitor behind the selected pin pair. DisplayPort monitors do not answer here. */
function selectedMonitor(core: Core): Monitor | undefined {
  const pin = core.registers.get(GMBUS0) & PIN_SELECT;
  return monitorOn(core, PORTS.find((row) => row.gmbusPin === pin)?.port, 'hdmi');
}

function selectPin(core: Core, pin: number): void {
  core.state.display.gmbus = idleGmbus();
  if (pin === 0) return;
  core.registers.set(GMBUS2, READY | WAIT_PHASE | (selectedMonitor(core) ? 0 : NAK));
}

function writeCommand(core: Core, next: number, previous: number): void {
  core.registers.set(GMBUS1, next & ~SOFTWARE_READY);
  if ((next & SOFTWARE_CLEAR) !== 0) {
    core.registers.update(GMBUS2, READY, INTERRUPT);
  } else if ((previous & SOFTWARE_CLEAR) !== 0) {
    core.state.display.gmbus = idleGmbus();
    core.registers.set(GMBUS2, READY);
  } else {
    startCycle(core, next);
  }
}

function startCycle(core: Core, command: number): void {
  const cycle = (command >>> 25) & 7;
  if ((cycle & DATA) === 0) {
    if ((cycle & STOP) !== 0) stop(core);
    return;
  }
  const state = core.state.display.gmbus;
  const target = (command >>> 1) & 0x7f;
  state.reading = (command & 1) !== 0;
  state.remaining = 0;
  state.target = 0;
  if (!acknowledges(core, target, state.reading)) {
    signal(core, READY | NAK, NAK_EVENT);
    return;
  }
  state.target = target;
  state.remaining = (command >>> 16) & 0x1ff;
  state.atFirstByte = (cycle & INDEX) === 0;
  if ((cycle & INDEX) !== 0) addressByte(core, (command >>> 8) & 0xff);
  signal(core, READY | WAIT_PHASE, READY_EVENT);
  if (state.remaining === 0) moved(core, 0);
  else if (!state.reading) writeData(core);
}

function acknowledges(core: Core, target: number, reading: boolean): boolean {
  if (!selectedMonitor(core)) return false;
  return target === EDID_ADDRESS || (target === SEGMENT_ADDRESS && !reading);
}

/** What the first byte after the I2C address means to the target. */
function addressByte(core: Core, value: number): void {
  const state = core.state.display.gmbus;
  if (state.target === SEGMENT_ADDRESS) state.segment = value;
  else state.offset = value;
}

/** Takes what GMBUS3 holds into a write transfer. EDID is write-protected: only the byte that addresses it counts. */
function writeData(core: Core): void {
  const state = core.state.display.gmbus;
  if (state.reading || state.remaining === 0) return;
  if (state.atFirstByte) addressByte(core, core.registers.get(GMBUS3) & 0xff);
  state.atFirstByte = false;
  moved(core, Math.min(4, state.remaining));
}

/** `count` bytes of the transfer are done; behind the last comes the wait phase or, where asked for, a stop. */
function moved(core: Core, count: number): void {
  const state = core.state.display.gmbus;
  state.remaining -= count;
  const cycle = (core.registers.get(GMBUS1) >>> 25) & 7;
  if (state.remaining > 0) signal(core, READY | WAIT_PHASE, READY_EVENT);
  else if ((cycle & STOP) !== 0) stop(core);
  else signal(core, READY | WAIT_PHASE, READY_EVENT | WAIT_EVENT);
}

/** A stop ends addressing; a segment counts until then only (E-DDC). A NAK stays until software clears it. */
function stop(core: Core): void {
  core.state.display.gmbus = { ...idleGmbus(), offset: core.state.display.gmbus.offset };
  signal(core, READY | (core.registers.get(GMBUS2) & NAK), IDLE_EVENT);
}

/** New status; events that GMBUS4 lets through at this moment interrupt. */
function signal(core: Core, status: number, events: number): void {
  const { registers } = core;
  const enabled = (registers.get(GMBUS4) & events) !== 0;
  const kept = registers.get(GMBUS2) & (IN_USE | INTERRUPT);
  registers.set(GMBUS2, kept | status | (enabled ? INTERRUPT : 0));
  if (enabled) raiseEvent(core, 'gmbus');
}
