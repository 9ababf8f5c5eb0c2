import { defaultConfig } from '../default-config.ts';
import type { DeviceListener, Fault, InterruptEvent } from '../device-model.ts';
import { broadwell } from '../gen8/index.ts';
import { createVgpu } from '../index.ts';
import { RegisterMap } from '../mmio/register-map.ts';
import { Vgpu } from '../vgpu.ts';
import type { VgpuConfig } from '../vgpu-config.ts';

/** A vGPU whose events are kept for a spec to look at. */
export interface TestVgpu {
  readonly vgpu: Vgpu;
  readonly faults: Fault[];
  readonly interrupts: InterruptEvent[];
  /** 4-byte accesses in BAR0. */
  r(offset: number): number;
  w(offset: number, value: number): void;
}

export function testVgpu(change: Partial<VgpuConfig> = {}): TestVgpu {
  return watched(createVgpu({ ...defaultConfig(), ...change }));
}

const BROADWELL = new RegisterMap(broadwell);

/** The same with Broadwell's tables. */
export function testBroadwell(change: Partial<VgpuConfig> = {}): TestVgpu {
  const config = { ...defaultConfig(), platform: 'bdw' as const, deviceId: 0x1616, ...change };
  return watched(new Vgpu(config, BROADWELL));
}

function watched(vgpu: Vgpu): TestVgpu {
  const faults: Fault[] = [];
  const interrupts: InterruptEvent[] = [];
  const listener: DeviceListener = {
    fault: (fault) => faults.push(fault),
    interrupt: (event) => interrupts.push(event),
  };
  vgpu.setListener(listener);
  return {
    vgpu,
    faults,
    interrupts,
    r: (offset) => vgpu.read('mmio', offset, 4).low,
    w: (offset, value) => vgpu.write('mmio', offset, 4, value, 0),
  };
}
