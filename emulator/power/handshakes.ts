import type { WriteHook } from '../mmio/hooks.ts';

/** Handshakes that are one bit following another, at once (gvt-facts §8). */

const BIT_31 = 0x80000000;
const BIT_30 = 0x40000000;

/** DBUF_CTL: power request 31, power state 30. */
export const writeDbufControl: WriteHook = (core, offset, next) => {
  core.registers.set(offset, (next & ~BIT_30) | ((next & BIT_31) >>> 1));
};

const PP_STATUS = 0xc7200;
const PANEL_ON = 1;
/** On (31), and the sequencer idle with the panel on (3:0 = 8). */
const PANEL_IS_ON = 0x80000008;

/** PP_CONTROL: the panel's power follows bit 0; forced VDD (bit 3) does not count as on. */
export const writePanelPower: WriteHook = (core, _offset, next) => {
  core.registers.set(PP_STATUS, (next & PANEL_ON) !== 0 ? PANEL_IS_ON : 0);
};

/** Force-wake request and where it is acknowledged: render, media, GT. */
const FORCE_WAKE_ACK: Readonly<Record<number, number>> = {
  41592: 0xd84,
  41584: 0xd88,
  41352: 0x130044,
};

/** FORCEWAKE: masked write; the acknowledgement equals what the mask let through. */
export const writeForceWake: WriteHook = (core, offset, next) => {
  const acknowledge = FORCE_WAKE_ACK[offset];
  if (acknowledge !== undefined) core.registers.set(acknowledge, next & 0xffff);
};

const SOUTH_RESET = 1 << 12;
const SOUTH_RESET_STATUS = 1 << 13;

/** SOUTH_CHICKEN2: FDI mPHY reset request 12, status 13. */
export const writeSouthReset: WriteHook = (core, offset, next) => {
  const status = (next & SOUTH_RESET) !== 0 ? SOUTH_RESET_STATUS : 0;
  core.registers.update(offset, status, SOUTH_RESET_STATUS);
};

const BOOT_FETCH = 1 << 4;

/** MBCTL: the boot vectors are fetched at once, and the request bit is clear again. */
export const writeMbctl: WriteHook = (core, offset) => core.registers.update(offset, 0, BOOT_FETCH);

/** FPGA_DBG: any write clears the flag of an unclaimed access. */
export const writeFpgaDebug: WriteHook = (core, offset) => core.registers.update(offset, 0, BIT_31);
