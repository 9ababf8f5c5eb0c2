import type { ReadHook, WriteHook } from '../mmio/hooks.ts';

/**
 * GPIO pin pairs behind GMBUS, driven by hand (i915_reg.h, GPIO_CTL): a clock line in bits 5:0, a data line in bits
 * 13:8. Both have pull-ups and nothing else drives them, so that bit-banged I2C finds an idle bus and no answer.
 */
const BOTH = 0x0101;
const DIRECTION_MASK = BOTH << 0;
/** 1: the pair drives the line. */
const DIRECTION = BOTH << 1;
const VALUE_MASK = BOTH << 2;
const VALUE_OUT = BOTH << 3;
const VALUE_IN = BOTH << 4;
const PULL_UP_OFF = BOTH << 5;

/** Direction and value change where the write's mask bits say so; the mask bits themselves read 0. */
export function settleGpio(written: number, previous: number): number {
  // Each mask bit stands below its value's: shifted, it selects it. Recordings have these by hundreds of thousands.
  const selected = ((written & (DIRECTION_MASK | VALUE_MASK)) << 1) | PULL_UP_OFF;
  return (written & selected) | (previous & ~selected & (DIRECTION | VALUE_OUT));
}

export const writeGpio: WriteHook = (core, offset, next, previous) => {
  core.registers.set(offset, settleGpio(next, previous));
};

/** A line is low where the pair drives it low. */
export const readGpio: ReadHook = (_core, _offset, stored) => {
  const low = ((stored & DIRECTION) << 2) & ~stored & VALUE_OUT;
  return stored | (VALUE_IN & ~(low << 1));
};
