import { type Core, clearAlarms, fault, hex, setAlarm } from '../core.ts';
import type { ReadHook, WriteHook } from '../mmio/hooks.ts';
import { refreshPeriod, refreshRate, scannedFrame } from './refresh-rate.ts';

export const PIPES = [0, 1, 2] as const;
export const PIPE_LETTERS = ['a', 'b', 'c'] as const;
export const PIPE_STRIDE = 0x1000;

export const PIPECONF = 0x70008;
/** Pipe config of the eDP transcoder, and which pipe feeds it. */
const PIPECONF_EDP = 0x7f008;
const DDI_FUNC_EDP = 0x6f400;
/** TRANS_DDI_FUNC_CTL_EDP bits 14:12 (i915_reg.h): pipe A with panel power always on, A, B, C. */
const EDP_PIPES: Readonly<Record<number, number>> = { 0: 0, 4: 0, 5: 1, 6: 2 };

const ENABLE = 0x80000000;
const ACTIVE = 0x40000000;

/** PIPECONF: active follows enable, and with it goes the pipe's vblank alarm (gvt-facts §8, §9). */
export const writePipeConfig: WriteHook = (core, offset, next) => {
  core.registers.update(offset, (next & ENABLE) !== 0 ? ACTIVE : 0, ACTIVE);
  for (const pipe of PIPES) {
    if (!pipeEnabled(core, pipe)) clearAlarms(core, 'vblank', pipe);
    else if (configures(core, offset, pipe)) {
      reportRate(core, offset, pipe);
      startVblank(core, pipe);
    }
  }
};

export function pipeEnabled(core: Core, pipe: number): boolean {
  if ((core.registers.get(PIPECONF + pipe * PIPE_STRIDE) & ENABLE) !== 0) return true;
  return (core.registers.get(PIPECONF_EDP) & ENABLE) !== 0 && edpPipe(core) === pipe;
}

function edpPipe(core: Core): number | undefined {
  return EDP_PIPES[(core.registers.get(DDI_FUNC_EDP) >>> 12) & 7];
}

function configures(core: Core, offset: number, pipe: number): boolean {
  if (offset === PIPECONF_EDP) return edpPipe(core) === pipe;
  return offset === PIPECONF + pipe * PIPE_STRIDE;
}

function reportRate(core: Core, register: number, pipe: number): void {
  const transcoder = transcoderOf(core, pipe);
  if (refreshRate(core, transcoder) !== undefined) return;
  const message = () =>
    `the registers of the transcoder at ${hex(transcoder)} give no refresh rate`;
  fault(core, 'refresh-rate-unknown', message, { register });
}

/** The rate is computed again at each such write; an alarm that is already set keeps its time. */
export function startVblank(core: Core, pipe: number): void {
  const { state } = core;
  const period = refreshPeriod(core, transcoderOf(core, pipe));
  state.display.vblankPeriods[pipe] = period;
  if (!vblankAlarm(core, pipe)) setAlarm(core, 'vblank', state.now + period, pipe);
}

/** BAR0 base of the transcoder that the pipe feeds. */
function transcoderOf(core: Core, pipe: number): number {
  const own = (core.registers.get(PIPECONF + pipe * PIPE_STRIDE) & ENABLE) !== 0;
  return own ? 0x60000 + pipe * PIPE_STRIDE : 0x6f000;
}

function vblankAlarm(core: Core, pipe: number) {
  return core.state.alarms.find((alarm) => alarm.name === 'vblank' && alarm.argument === pipe);
}

/** PIPE_FRMCOUNT: counted by the vblank alarm. */
export const readFrameCounter: ReadHook = (_core, _offset, stored) => stored;

/** PIPEDSL: the line being scanned, from device time since the last vblank, which starts behind the active lines. */
export const readScanLine: ReadHook = (core, offset, stored) => {
  const pipe = (offset >>> 12) & 0xf;
  const alarm = vblankAlarm(core, pipe);
  const period = core.state.display.vblankPeriods[pipe] ?? 0;
  if (!alarm || period <= 0) return stored;
  const transcoder = transcoderOf(core, pipe);
  const { lines, blankStart } = scannedFrame(core, transcoder);
  const elapsed = Math.min(Math.max(core.state.now - (alarm.at - period), 0), period);
  const done = Math.floor((elapsed * lines) / period);
  return (blankStart + done) % lines;
};
