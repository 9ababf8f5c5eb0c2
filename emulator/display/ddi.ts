import type { ReadHook, WriteHook } from '../mmio/hooks.ts';

/** Bits of the DDI and transcoder that follow one another at once (gvt-facts §8). */

const ENABLE = 0x80000000;
const ACTIVE = 0x40000000;
const IDLE = 1 << 7;

/** DDI_BUF_CTL: a disabled buffer is idle. */
export const writeDdiBuffer: WriteHook = (core, offset, next) => {
  core.registers.update(offset, (next & ENABLE) !== 0 ? 0 : IDLE, IDLE);
};

const STATUS = 4;
const IDLE_PATTERN = 2;
const IDLE_SENT = 1 << 25;
/** Result bits of DP_TP_STATUS that a 1 clears. */
const STATUS_W1C = (1 << 27) | (1 << 26) | (1 << 24);

/** DP_TP_CTL: asking for the idle pattern sends it. DP_TP_STATUS, the dword behind: results are cleared by a 1. */
export const writeDpTransport: WriteHook = (core, offset, next, previous, written) => {
  if ((offset & STATUS) !== 0) {
    core.registers.set(offset, previous & ~(written & STATUS_W1C));
  } else if (((next >>> 8) & 7) === IDLE_PATTERN) {
    core.registers.update(offset + STATUS, IDLE_SENT, 0);
  }
};

/** PCH_TRANSCONF: active follows enable. */
export const writePchTranscoderConfig: WriteHook = (core, offset, next) => {
  core.registers.update(offset, (next & ENABLE) !== 0 ? ACTIVE : 0, ACTIVE);
};

const FORCE_TRIGGER = 1 << 16;

/** PCH_ADPA: a look for a CRT that is forced is done at once, and finds none. */
export const writeCrt: WriteHook = (core, offset) =>
  core.registers.update(offset, 0, FORCE_TRIGGER);

const DDI_E_BUFFER = 0x64400;
const DP_TP_CTL_E = 0x64440;
const DP_TP_STATUS_E = 0x64444;
const RECEIVER_AUTO = 1 << 10;
const TRANSPORT_AUTO = 1 << 15;
const AUTO_TRAIN_DONE = 1 << 12;

/**
 * FDI_RX_CTL of Broadwell's CRT, the last to be switched on: the link trains itself once both ends are on and told to
 * (i915 hsw_fdi_link_train).
 */
export const writeFdiReceiver: WriteHook = (core, _offset, next) => {
  const { registers } = core;
  const has = (value: number, bits: number) => (value & bits) >>> 0 === bits >>> 0;
  const trains =
    has(next, ENABLE | RECEIVER_AUTO) &&
    has(registers.get(DP_TP_CTL_E), ENABLE | TRANSPORT_AUTO) &&
    has(registers.get(DDI_E_BUFFER), ENABLE);
  if (trains) registers.update(DP_TP_STATUS_E, AUTO_TRAIN_DONE, 0);
};

/** FDI, audio and CRT status that GVT-g answers with constants (gvt-facts §8). */
const CONSTANTS: Readonly<Record<number, number>> = {
  943388: 1 << 17,
  943644: 1 << 17,
  943900: 1 << 17,
  944156: 1 << 17,
  945156: 3,
  945692: 0x2f << 16,
};

export const readDisplayConstant: ReadHook = (_core, offset, stored) => CONSTANTS[offset] ?? stored;
