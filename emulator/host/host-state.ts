import type { VgpuConfig } from '../vgpu-config.ts';
import type { Holding } from './graphics-memory.ts';
import { idleScheduler, type SchedulerState } from './scheduler.ts';

/** A vGPU as the host knows it. Plain data. */
export interface VgpuRecord {
  /** 1–7; also the VMID in events. */
  readonly id: number;
  /** Tells vGPUs apart that had the same id at different times. */
  readonly serial: number;
  readonly config: VgpuConfig;
  readonly weight: number;
  /** Domain that it is attached to; -1 for none. */
  domid: number;
  /** It is scheduled. */
  active: boolean;
  /** Host time at which its own clock was 0; of one that has come from another host it may be before 0. */
  born: number;
}

/** All state of a host besides its registers and its vGPUs. Plain data. */
export interface HostState {
  /** Nanoseconds. */
  now: number;
  /** Serial number of the next vGPU. */
  nextSerial: number;
  /** In ascending order of ids. */
  vgpus: VgpuRecord[];
  holdings: Holding[];
  scheduler: SchedulerState;
  /** Render switches happen (`ctx_switch`). */
  switching: boolean;
  /** vGPU that owns each engine, in the order of the platform's table; 0 for the host. */
  owners: number[];
  /** The host's own values of switched registers, by offset, while others own the engine or the display. */
  hostValues: Record<string, number>;
  /** vGPU whose display is on the host's screen; 0 for the host. */
  foreground: number;
  /** It shall be this one with the next vblank; -1 for none. */
  wantedForeground: number;
  /** Host time of that vblank. */
  displayAt: number;
}

export function initialHost(engines: number): HostState {
  return {
    now: 0,
    nextSerial: 1,
    vgpus: [],
    holdings: [],
    scheduler: idleScheduler(),
    switching: true,
    owners: new Array<number>(engines).fill(0),
    hostValues: {},
    foreground: 0,
    wantedForeground: -1,
    displayAt: 0,
  };
}
