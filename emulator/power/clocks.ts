import type { Core } from '../core.ts';
import type { WriteHook } from '../mmio/hooks.ts';

const ENABLE = 0x80000000;
const LOCK = 0x40000000;
const DPLL_STATUS = 0x6c060;

/** Enable registers of DPLL 0 to 3 and their lock bits in DPLL_STATUS (gvt-facts §8). */
const PLLS = [
  { control: 0x46010, statusBit: 0 }, // LCPLL1_CTL
  { control: 0x46014, statusBit: 8 }, // LCPLL2_CTL
  { control: 0x46040, statusBit: 16 }, // WRPLL_CTL1
  { control: 0x46060, statusBit: 24 }, // WRPLL_CTL2
] as const;
/** LCPLL1 and LCPLL2 show their lock in the control register too; the WRPLLs do not. */
const LOCK_IN_CONTROL = [0x46010, 0x46014];

const BDW_LCPLL = 0x130040;
const BDW_FCLK_SOURCE = 1 << 21;
const BDW_FCLK_DONE = 1 << 19;

/** A PLL's enable register: it locks at once. */
export const writeLcpll: WriteHook = (core, offset, next) => {
  if (offset === BDW_LCPLL) {
    lockBroadwell(core, next);
    return;
  }
  if (LOCK_IN_CONTROL.includes(offset)) {
    core.registers.update(offset, (next & ENABLE) >>> 1, (next & ENABLE) === 0 ? LOCK : 0);
  }
  const pll = PLLS.find((row) => row.control === offset);
  if (!pll) return;
  const locked = 1 << pll.statusBit;
  core.registers.update(DPLL_STATUS, (next & ENABLE) !== 0 ? locked : 0, locked);
};

/** Broadwell's LCPLL_CTL: bit 31 disables, bit 21 moves the core clock to FCLK, which bit 19 acknowledges. */
function lockBroadwell(core: Core, next: number): void {
  const lock = (next & ENABLE) === 0 ? LOCK : 0;
  const done = (next & BDW_FCLK_SOURCE) !== 0 ? BDW_FCLK_DONE : 0;
  core.registers.update(BDW_LCPLL, lock | done, LOCK | BDW_FCLK_DONE);
}
