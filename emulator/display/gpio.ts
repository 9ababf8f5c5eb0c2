import type { ReadHook, WriteHook } from '../mmio/hooks.ts';

/**
 * GPIO pin pairs behind GMBUS, driven by hand (i915_reg.h, GPIO_CTL): a clock line in bits 5:0, a data line in bits
 * 13:8. Both have pull-ups and nothing else drives them, so that bit-banged I2C finds an idle bus and no answer.
 */
const LINES = [0, 8] as const;
const DIRECTION_MASK = 1 << 0;
/** 1: the pair drives the line. */
const DIRECTION = 1 << 1;
const VALUE_MASK = 1 << 2;
const VALUE_OUT = 1 << 3;
const VALUE_IN = 1 << 4;
const PULL_UP_OFF = 1 << 5;

/** Direction and value change where the write's mask bits say so; the mask bits themselves read 0. */
export const writeGpio: WriteHook = (core, offset, next, previous) => {
  let stored = 0;
  for (const shift of LINES) {
    const asked = next >>> shift;
    const held = previous >>> shift;
    const direction = ((asked & DIRECTION_MASK) !== 0 ? asked : held) & DIRECTION;
    const value = ((asked & VALUE_MASK) !== 0 ? asked : held) & VALUE_OUT;
    stored |= (direction | value | (asked & PULL_UP_OFF)) << shift;
  }
  core.registers.set(offset, stored);
};

export const readGpio: ReadHook = (_core, _offset, stored) => {
  let answer = stored;
  for (const shift of LINES) {
    const driven = (stored >>> shift) & (DIRECTION | VALUE_OUT);
    if (driven !== DIRECTION) answer |= VALUE_IN << shift;
  }
  return answer;
};
