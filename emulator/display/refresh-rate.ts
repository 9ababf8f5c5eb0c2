import type { Core } from '../core.ts';
import { broadwellLinkClock, broadwellPixelClock } from './broadwell-clock.ts';

/** Registers at an offset from the transcoder's base (0x60000 for A). */
const HTOTAL = 0x000;
const VTOTAL = 0x00c;
const VBLANK = 0x010;
const LINK_M = 0x040;
const LINK_N = 0x044;
const DDI_FUNC = 0x400;

const DPLL_CTRL1 = 0x6c058;
const DPLL_CTRL2 = 0x6c05c;
/** DPLL1_CFGCR1; CFGCR2 is the dword behind, DPLL 2 and 3 follow. */
const DPLL_CFGCR1 = 0x6c040;

/** In 1/1000 Hz (gvt-facts §9). */
const DEFAULT_RATE = 60000;
/** Rates that no monitor has: totals that are still being programmed. Without a bound they could stall the device. */
const LOWEST_RATE = 1_000;
const HIGHEST_RATE = 1_000_000;

/** Nanoseconds from vblank to vblank; of 60 Hz where the rate cannot be known. */
export function refreshPeriod(core: Core, transcoder: number): number {
  return Math.round(1e12 / (refreshRate(core, transcoder) ?? DEFAULT_RATE));
}

/** In 1/1000 Hz: pixel clock through the totals; undefined where those give nothing that a monitor could have. */
export function refreshRate(core: Core, transcoder: number): number | undefined {
  const pixels = totalPixels(core, transcoder) * totalLines(core, transcoder);
  const rate = Math.round((pixelClock(core, transcoder) * 1e6) / pixels);
  return rate >= LOWEST_RATE && rate <= HIGHEST_RATE ? rate : undefined;
}

/** Lines of a frame, at least 1. */
function totalLines(core: Core, transcoder: number): number {
  return ((core.registers.get(transcoder + VTOTAL) >>> 16) & 0x1fff) + 1;
}

/**
 * Frame of GVT-g's monitor (1920 by 1200, reduced blanking), for the pipe that GVT-g leaves running at power-on
 * without timings: a driver that finds the scan line standing still looks again and again.
 */
const PRESET_FRAME = { lines: 1235, blankStart: 1200 } as const;

/** Lines of a frame as they are scanned, and where vertical blanking starts. */
export function scannedFrame(
  core: Core,
  transcoder: number,
): { lines: number; blankStart: number } {
  if (core.registers.get(transcoder + VTOTAL) === 0) return PRESET_FRAME;
  return { lines: totalLines(core, transcoder), blankStart: vblankStartLine(core, transcoder) };
}

/** Line at which vertical blanking starts. */
function vblankStartLine(core: Core, transcoder: number): number {
  return (core.registers.get(transcoder + VBLANK) & 0x1fff) + 1;
}

function totalPixels(core: Core, transcoder: number): number {
  return ((core.registers.get(transcoder + HTOTAL) >>> 16) & 0x1fff) + 1;
}

/** In kHz; 0 if the registers do not say. */
function pixelClock(core: Core, transcoder: number): number {
  const ddi = core.registers.get(transcoder + DDI_FUNC);
  const port = (ddi >>> 28) & 7;
  // Modes 0 and 1 are HDMI and DVI, 2 and 3 DisplayPort single and multi stream (i915_reg.h, TRANS_DDI_FUNC_CTL).
  const mode = (ddi >>> 24) & 7;
  const broadwell = core.registers.map.tables.platform === 'bdw';
  if (mode < 2) return broadwell ? broadwellPixelClock(core, port) : hdmiClock(core, port);
  const n = core.registers.get(transcoder + LINK_N) & 0xffffff;
  const m = core.registers.get(transcoder + LINK_M) & 0xffffff;
  if (n === 0) return 0;
  const link = broadwell ? broadwellLinkClock(core, port) : linkClock(core, port);
  return (link * m) / n;
}

/** Which DPLL drives the port: DPLL_CTRL2 bits 3n+2:3n+1. */
function dpllOf(core: Core, port: number): number {
  return (core.registers.get(DPLL_CTRL2) >>> (port * 3 + 1)) & 3;
}

/** DisplayPort symbol clock in kHz by the link rate field of DPLL_CTRL1: 2700, 1350, 810, 1620, 1080, 2160 MHz. */
const LINK_CLOCKS = [540_000, 270_000, 162_000, 324_000, 216_000, 432_000] as const;

function linkClock(core: Core, port: number): number {
  const rate = (core.registers.get(DPLL_CTRL1) >>> (dpllOf(core, port) * 6 + 1)) & 7;
  return LINK_CLOCKS[rate] ?? 0;
}

const CRYSTAL_KHZ = 24_000;
/** Divider fields of DPLL_CFGCR2. */
const K_DIVIDERS = [5, 2, 3, 1] as const;
const P_DIVIDERS: Readonly<Record<number, number>> = { 0: 1, 1: 2, 2: 3, 4: 7 };
const Q_ENABLED = 1 << 7;
/** The PLL runs at five times the pixel clock. */
const CLOCKS_PER_PIXEL = 5;

/** DCO frequency through its dividers (SKL PRM vol 12, DPLL programming; i915 intel_dpll_mgr.c). */
function hdmiClock(core: Core, port: number): number {
  const dpll = dpllOf(core, port);
  if (dpll === 0) return 0;
  const config1 = core.registers.get(DPLL_CFGCR1 + (dpll - 1) * 8);
  const config2 = core.registers.get(DPLL_CFGCR1 + (dpll - 1) * 8 + 4);
  const dco = ((config1 & 0x1ff) + ((config1 >>> 9) & 0x7fff) / 0x8000) * CRYSTAL_KHZ;
  const p = P_DIVIDERS[(config2 >>> 2) & 7] ?? 0;
  const k = K_DIVIDERS[(config2 >>> 5) & 3] ?? 0;
  const q = (config2 & Q_ENABLED) !== 0 ? (config2 >>> 8) & 0xff : 1;
  const divider = p * q * k * CLOCKS_PER_PIXEL;
  return divider === 0 ? 0 : dco / divider;
}
