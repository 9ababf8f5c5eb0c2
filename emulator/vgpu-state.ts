import { type DisplayState, initialDisplay } from './display/display-state.ts';
import { type EnginesState, initialEngines } from './engine/engine-state.ts';
import { type GgttHalves, noHalves } from './gtt/ggtt-halves.ts';
import { type HostEntries, noHostEntries } from './gtt/host-entries.ts';
import { noShadow, type ShadowState } from './gtt/shadow/shadow-state.ts';
import type { EngineRow } from './mmio/register-row.ts';
import { type ConfigState, initialConfig } from './pci/config-state.ts';
import type { VgpuConfig } from './vgpu-config.ts';

/** What an alarm does when it falls due; `emulator/alarms.ts` gives each its function. */
export type AlarmName = 'vblank' | 'engines';

export interface Alarm {
  readonly name: AlarmName;
  /** Device time in nanoseconds. */
  readonly at: number;
  /** Which of several: the pipe of a vblank, 0 for A. */
  readonly argument: number;
}

/** All state that is not registers, GGTT or guest memory. Plain data; one place makes it. */
export interface VgpuState {
  /** Device time in nanoseconds since power-on. */
  now: number;
  /** In order of time. */
  alarms: Alarm[];
  /** The guest has read PVINFO (gvt-facts §3). */
  pvNotified: boolean;
  /** Failsafe reason code, or -1 (gvt-facts §2.4). */
  failsafe: number;
  /** Half GGTT entries that wait for their other half (gvt-facts §5.3). */
  ggttHalves: GgttHalves;
  /** Hardware entries that are not as the guest sees them (gvt-facts §2.4, §5.3). */
  hostEntries: HostEntries;
  /** Page tables of the guest's PPGTTs (gvt-facts §5.4). */
  shadow: ShadowState;
  engines: EnginesState;
  /** Engines (`RCS0`) of which GVT-g's scanner looks through user batches as well: `scan_nonprivbb`. */
  scanUserBatches: readonly string[];
  config: ConfigState;
  display: DisplayState;
}

export function initialState(config: VgpuConfig, engines: readonly EngineRow[]): VgpuState {
  return {
    now: 0,
    alarms: [],
    pvNotified: false,
    failsafe: -1,
    ggttHalves: noHalves(),
    hostEntries: noHostEntries(),
    shadow: noShadow(),
    engines: initialEngines(engines),
    scanUserBatches: config.scanUserBatches ?? [],
    config: initialConfig(config),
    display: initialDisplay(config),
  };
}
