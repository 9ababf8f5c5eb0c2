import type { Core } from '../core.ts';
import { hasQuirk } from '../quirks.ts';
import { PIPES, pipeEnabled, startVblank } from './pipe.ts';
import { PORTS, type PortRow } from './ports.ts';

const SDEISR = 0xc4000;
const DE_PORT_ISR = 0x44440;
const BDW_PORT_A_HOTPLUG = 1 << 3;
const SFUSE_STRAP = 0xc2014;
const ENABLE = 0x80000000;

const LCPLL1_CTL = 0x46010;
const DPLL_CTRL1 = 0x6c058;
const DPLL_CTRL2 = 0x6c05c;
const DPLL_STATUS = 0x6c060;

/** Pipe A and transcoder A driving the virtual DisplayPort monitor at 1620 MHz, 154 MHz pixel clock (gvt-facts §9). */
const DP_MODE = [
  [0x60030, 0x7e5b425e], // DATA_M
  [0x60034, 0x00800000], // DATA_N
  [0x60040, 0x0003cd6e], // LINK_M
  [0x60044, 0x00080000], // LINK_N
] as const;
const PIPECONF_A = 0x70008;
const TRANS_DDI_FUNC_CTL_A = 0x60400;
/** Its port, mode and bits a colour; the rest stays as the host had it. */
const DP_TRANSCODER_FIELDS = 0x77700000;
/** TRANS_DDI_FUNC_CTL: enabled, DisplayPort single stream, 8 bits a colour; the port goes into bits 30:28. */
const DP_TRANSCODER = 0x82000000;
const PORT_B = 1;
/** Broadwell's PORT_CLK_SEL: LCPLL at 810 MHz. */
const BDW_CLOCK_810 = 0x40000000;
const BDW_CLOCK_MASK = 0xe0000000;

const SKL_FUSE_STATUS = 0x42000;
/** Fuses downloaded, and distributed to PG0, PG1, PG2. */
const FUSES_THERE = 0x8e000000;
const PCH_ADPA = 0xe1100;
/** A monitor at the host's own CRT port. */
const CRT_MONITOR = 3 << 24;
/** Of pipe A: primary plane, sprite, cursor; those of B and C follow 0x1000 behind. */
const PLANE_CONTROLS = [
  [0x70180, ENABLE],
  [0x70280, ENABLE],
  [0x70080, 0x27],
] as const;

/**
 * What the display registers hold at power-on and after a full reset, on top of their start values: the configured
 * monitor is there (gvt-facts §9). An HDMI monitor, which GVT-g does not have, only answers over
 * GMBUS: its port is strapped as present, and no hotplug line is up.
 */
export function connectMonitor(core: Core): void {
  const { registers, config } = core;
  hideHostDisplay(core);
  const row = PORTS.find(({ port }) => port === config.monitor?.port);
  if (row?.strapBit !== undefined) registers.update(SFUSE_STRAP, 1 << row.strapBit, 0);
  if (row && config.monitor?.connection === 'dp') connectDisplayPort(core, row);
  startRunningPipes(core);
}

/**
 * A driver that finds a pipe running, preset or as the host had it, waits for its vblank before it has written
 * anything.
 */
function startRunningPipes(core: Core): void {
  if (hasQuirk(core.config, 'preset-pipe-no-vblank')) return;
  for (const pipe of PIPES) if (pipeEnabled(core, pipe)) startVblank(core, pipe);
}

/**
 * Nothing of what the host shows is on in a vGPU, and none of its monitors is there. Its pipes and, where they are
 * known, its straps stay: GVT-g only adds to them.
 */
function hideHostDisplay(core: Core): void {
  const { registers, config } = core;
  const keepsStraps = config.golden?.gives(SFUSE_STRAP) === true;
  for (const { sdeBit, strapBit } of PORTS) {
    registers.update(SDEISR, 0, 1 << sdeBit);
    if (strapBit !== undefined && !keepsStraps) registers.update(SFUSE_STRAP, 0, 1 << strapBit);
  }
  for (const pipe of [0, 0x1000, 0x2000]) {
    for (const [control, on] of PLANE_CONTROLS) registers.update(control + pipe, 0, on);
  }
  if (isBroadwell(core)) registers.update(PCH_ADPA, 0, CRT_MONITOR);
  else registers.update(SKL_FUSE_STATUS, FUSES_THERE, 0);
}

function startDpll0(core: Core): void {
  // Override, link rate 1620 MHz.
  core.registers.set(DPLL_CTRL1, 7);
  core.registers.set(LCPLL1_CTL, 0xc0000000);
  core.registers.set(DPLL_STATUS, 1);
}

function connectDisplayPort(core: Core, row: PortRow): void {
  const { registers } = core;
  for (const [offset, value] of DP_MODE) registers.set(offset, value);
  registers.update(PIPECONF_A, ENABLE, 0);
  const quirk = row.port === 'C' && hasQuirk(core.config, 'bxt-port-c-is-b');
  const port = (quirk ? PORT_B : row.index) << 28;
  registers.update(TRANS_DDI_FUNC_CTL_A, DP_TRANSCODER | port, DP_TRANSCODER_FIELDS);
  registers.update(0x64000 + row.index * 0x100, ENABLE, 1 << 7);
  if (isBroadwell(core) && row.port === 'A') {
    registers.update(DE_PORT_ISR, BDW_PORT_A_HOTPLUG, 0);
  } else {
    registers.update(SDEISR, 1 << row.sdeBit, 0);
  }
  if (isBroadwell(core)) {
    registers.update(0x46100 + row.index * 4, BDW_CLOCK_810, BDW_CLOCK_MASK);
  } else {
    startDpll0(core);
    clockFromDpll0(core, row.index);
  }
}

/** DPLL_CTRL2: the port's clock is on, and it is overridden to DPLL 0. */
function clockFromDpll0(core: Core, index: number): void {
  const select = 3 << (index * 3 + 1);
  core.registers.update(DPLL_CTRL2, 1 << (index * 3), (1 << (15 + index)) | select);
}

function isBroadwell(core: Core): boolean {
  return core.registers.map.tables.platform === 'bdw';
}
