import { advanceClock } from '../alarms.ts';
import type { Core } from '../core.ts';
import { defaultConfig } from '../default-config.ts';
import type { DeviceListener, Fault, InterruptEvent } from '../device-model.ts';
import { readMmio, writeMmio } from '../mmio/mmio-access.ts';
import { RegisterFile } from '../mmio/register-file.ts';
import { RegisterMap } from '../mmio/register-map.ts';
import type { Platform, RegisterRow } from '../mmio/register-row.ts';
import { GuestMemory } from '../state/guest-memory.ts';
import { PagedWords } from '../state/paged-words.ts';
import type { VgpuConfig } from '../vgpu-config.ts';
import { initialState } from '../vgpu-state.ts';

/** A core over a few rows of its own, for specs of one block; accesses take the guest's path. */
export interface TestCore {
  readonly core: Core;
  readonly faults: Fault[];
  readonly interrupts: InterruptEvent[];
  /** 4-byte accesses in BAR0. */
  r(offset: number): number;
  w(offset: number, value: number): void;
  advanceTo(ns: number): void;
}

export function testCore(
  rows: readonly RegisterRow[],
  change: Partial<VgpuConfig> = {},
  platform: Platform = 'skl',
): TestCore {
  const blocks = [{ name: 'Under test', rows }];
  const tables = { platform, title: platform, engines: [], engineRows: [], blocks };
  const config = { ...defaultConfig(), ...change };
  const registers = new RegisterFile(new RegisterMap(tables));
  const core: Core = {
    config,
    registers,
    ggtt: new PagedWords(1024),
    memory: new GuestMemory(),
    state: initialState(config, []),
    listener: undefined,
    services: undefined,
  };
  const faults: Fault[] = [];
  const interrupts: InterruptEvent[] = [];
  const listener: DeviceListener = {
    fault: (fault) => faults.push(fault),
    interrupt: (event) => interrupts.push(event),
  };
  core.listener = listener;
  registers.listener = listener;
  return {
    core,
    faults,
    interrupts,
    r: (offset) => readMmio(core, offset, 4).low,
    w: (offset, value) => writeMmio(core, offset, 4, value, 0),
    advanceTo: (ns) => {
      advanceClock(core, ns);
    },
  };
}
