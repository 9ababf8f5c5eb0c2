import type { Core } from '../core.ts';

/** PORT_CLK_SEL of port A; what drives the port is in bits 31:29. */
const PORT_CLK_SEL = 0x46100;
const SPLL_CTL = 0x46020;
const WRPLL_CTL = [0x46040, 0x46060] as const;

/** DisplayPort symbol clocks in kHz: 2700, 1350 and 810 MHz. LCPLL's first, as PORT_CLK_SEL counts them. */
const LCPLL_CLOCKS = [540_000, 270_000, 162_000] as const;
/** SPLL_CTL bits 27:26 count the other way. */
const SPLL_CLOCKS = [162_000, 270_000, 540_000] as const;
const SPLL_SELECTED = 3;
/** PORT_CLK_SEL of WRPLL 1; 2 follows. */
const WRPLL_SELECTED = 4;

/** WRPLL_CTL bits 29:28: what goes in, in kHz; the muxed one is the 24 MHz crystal here (i915 WRPLL_REF). */
const REFERENCES: Readonly<Record<number, number>> = { 1: 135_000, 2: 24_000, 3: 2_700_000 };
/** The PLL runs at five times the pixel clock. */
const CLOCKS_PER_PIXEL = 5;

/** DisplayPort symbol clock of a port in kHz; 0 if the registers do not say (i915 hsw_ddi_clock_get). */
export function broadwellLinkClock(core: Core, port: number): number {
  const selected = selection(core, port);
  if (selected === SPLL_SELECTED)
    return SPLL_CLOCKS[(core.registers.get(SPLL_CTL) >>> 26) & 3] ?? 0;
  return LCPLL_CLOCKS[selected] ?? 0;
}

/** Pixel clock of an HDMI port in kHz; 0 if the registers do not say (i915 hsw_ddi_wrpll_get_freq). */
export function broadwellPixelClock(core: Core, port: number): number {
  const control = WRPLL_CTL[selection(core, port) - WRPLL_SELECTED];
  if (control === undefined) return 0;
  const value = core.registers.get(control);
  const reference = REFERENCES[(value >>> 28) & 3] ?? 0;
  const divider = (value & 0xff) * ((value >>> 8) & 0x3f);
  return divider === 0 ? 0 : (reference * ((value >>> 16) & 0xff)) / (divider * CLOCKS_PER_PIXEL);
}

function selection(core: Core, port: number): number {
  return core.registers.get(PORT_CLK_SEL + port * 4) >>> 29;
}
