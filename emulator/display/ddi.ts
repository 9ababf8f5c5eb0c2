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
