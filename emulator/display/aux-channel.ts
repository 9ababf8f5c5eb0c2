import { type Core, fault } from '../core.ts';
import { raiseEvent } from '../interrupt/events.ts';
import type { InterruptEventId } from '../interrupt/interrupt-tables.ts';
import type { WriteHook } from '../mmio/hooks.ts';
import { hasQuirk } from '../quirks.ts';
import { answerI2c } from './aux-i2c.ts';
import { AUX_MESSAGE_BYTES, AuxMessage } from './aux-message.ts';
import { DPCD_SIZE, writeDpcd } from './dpcd.ts';
import { monitorOn, type PortName } from './ports.ts';

const SEND_BUSY = 0x80000000;
const DONE = 1 << 30;
const INTERRUPT_ENABLE = 1 << 29;
const TIMEOUT = 1 << 28;
const RECEIVE_ERROR = 1 << 25;
const STICKY = DONE | TIMEOUT | RECEIVE_ERROR;
const SIZE_SHIFT = 20;
const SIZE_MASK = 0x1f;
/** With the quirk `aux-nak-wrong-byte` four of the five bits are cleared: a request's 16 stays in the answer. */
const SIZE_CLEARED = { right: SIZE_MASK << SIZE_SHIFT, quirk: 0xf << SIZE_SHIFT } as const;

const NATIVE_WRITE = 8;
const NATIVE_READ = 9;
/** A guest looks at the top byte of the reply; with the quirk the code is in the low one (gvt-facts §8). */
const NAK_REPLY = { right: 0x10000000, quirk: 0x10 } as const;
const BURST = 16;

interface AuxPort {
  readonly port: PortName;
  readonly done: InterruptEventId;
}

const AUX_PORTS: readonly AuxPort[] = [
  { port: 'A', done: 'aux-a' },
  { port: 'B', done: 'aux-b' },
  { port: 'C', done: 'aux-c' },
  { port: 'D', done: 'aux-d' },
];

const CONTROL = 0x10;
const NORTH = 0x64000;
/** Where Broadwell has its channels B to D. */
const SOUTH = 0xe4000;

/** DP_AUX_CH_CTL and its data registers, of which only the control does something. A message takes no time. */
export const writeAuxControl: WriteHook = (core, offset, next, previous, written) => {
  if ((offset & 0xff) !== CONTROL) return;
  const channel = (offset - (offset >= SOUTH ? SOUTH : NORTH)) >>> 8;
  const row = AUX_PORTS[channel];
  if (!row) return; // The tables have registers for these four channels only.
  if (monitorOn(core, row.port, 'dp')) {
    if ((next & SEND_BUSY) === 0) core.registers.set(offset, 0);
    else send(core, row, offset, next);
  } else if (!hasQuirk(core.config, 'aux-answers-everywhere')) {
    answerNobody(core, row, offset, next, previous, written);
  } else if ((next & SEND_BUSY) === 0) {
    core.registers.set(offset, 0);
  } else {
    timeOut(core, row, offset, next);
  }
};

/**
 * A channel that leads to no monitor is not emulated by GVT-g (gvt-facts §8: ignored with an error). Here its
 * registers do as on hardware (SKL PRM vol 2c, DDI_AUX_CTL: the result bits are cleared by writing 1), so that a
 * driver sees a time-out at once and not a channel that never finishes; but no interrupt.
 */
function answerNobody(
  core: Core,
  row: AuxPort,
  offset: number,
  next: number,
  previous: number,
  written: number,
): void {
  const settings = next & ~(SEND_BUSY | STICKY);
  if ((next & SEND_BUSY) === 0) {
    core.registers.set(offset, settings | (previous & ~written & STICKY));
    return;
  }
  core.registers.set(offset, settings | DONE | TIMEOUT);
  const message = () => `No DisplayPort monitor on port ${row.port}`;
  fault(core, 'aux-no-monitor', message, { register: offset, value: written });
}

/** As GVT-g does where a port has no valid DPCD: the reply's size is there, and so is the time-out. */
function timeOut(core: Core, row: AuxPort, offset: number, control: number): void {
  const message = new AuxMessage(core, offset, (control >>> SIZE_SHIFT) & SIZE_MASK);
  const isRead = message.operation === NATIVE_READ;
  const size = isRead ? message.length + 1 : 1;
  // The reply's registers are cleared before it is seen that there is no reply (mmio_diff of a real vGPU).
  if (isRead) message.setReply(new Uint8Array(AUX_MESSAGE_BYTES));
  const settings = control & ~(SEND_BUSY | STICKY | SIZE_CLEARED[formOf(core)]);
  core.registers.set(offset, settings | DONE | TIMEOUT | (size << SIZE_SHIFT));
  if ((control & INTERRUPT_ENABLE) !== 0) raiseEvent(core, row.done);
}

function send(core: Core, row: AuxPort, offset: number, control: number): void {
  const message = new AuxMessage(core, offset, (control >>> SIZE_SHIFT) & SIZE_MASK);
  const size = answer(core, row.port, message);
  let result = (control & ~(SEND_BUSY | STICKY)) | DONE;
  if (size < 0) result |= TIMEOUT;
  else result = (result & ~SIZE_CLEARED[formOf(core)]) | (size << SIZE_SHIFT);
  core.registers.set(offset, result);
  if ((control & INTERRUPT_ENABLE) !== 0) raiseEvent(core, row.done);
}

/** Puts the reply into the data registers and returns its bytes; -1 where the monitor keeps silent. */
function answer(core: Core, port: PortName, message: AuxMessage): number {
  if (message.operation === NATIVE_WRITE) return nativeWrite(core, message);
  if (message.operation === NATIVE_READ) return nativeRead(core, message);
  return answerI2c(core, port, message);
}

function formOf(core: Core): 'right' | 'quirk' {
  return hasQuirk(core.config, 'aux-nak-wrong-byte') ? 'quirk' : 'right';
}

function nativeWrite(core: Core, message: AuxMessage): number {
  const { address, length } = message;
  if (length > BURST) return -1;
  if (address + length > DPCD_SIZE) {
    message.setWord(0, NAK_REPLY[formOf(core)]);
    return 2;
  }
  const { dpcd } = core.state.display;
  for (let i = 0; i < length; i++) writeDpcd(dpcd, address + i, message.byte(4 + i));
  message.setWord(0, 0);
  return 1;
}

/** What lies beyond the table reads as zeros. */
function nativeRead(core: Core, message: AuxMessage): number {
  const { address, length } = message;
  if (length > BURST) return -1;
  const { dpcd } = core.state.display;
  const reply = new Uint8Array(AUX_MESSAGE_BYTES);
  const inside = address + length <= DPCD_SIZE;
  for (let i = 0; i < length && inside; i++) reply[1 + i] = dpcd[address + i] ?? 0;
  message.setReply(reply);
  return length + 1;
}
