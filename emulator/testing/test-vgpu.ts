import { defaultConfig } from '../default-config.ts';
import type { DeviceListener, Fault, InterruptEvent } from '../device-model.ts';
import { createVgpu } from '../index.ts';
import type { Vgpu } from '../vgpu.ts';
import type { VgpuConfig } from '../vgpu-config.ts';
import { isUnheard } from './unheard.ts';

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
  const vgpu = createVgpu({ ...defaultConfig(), ...change });
  const faults: Fault[] = [];
  const interrupts: InterruptEvent[] = [];
  const listener: DeviceListener = {
    fault: (fault) => {
      if (!isUnheard(fault)) faults.push(fault);
    },
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

/** A Broadwell GT2. */
export function testBroadwell(change: Partial<VgpuConfig> = {}): TestVgpu {
  return testVgpu({ platform: 'bdw', deviceId: 0x1616, ...change });
}
