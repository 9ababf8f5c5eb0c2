import type { VgpuConfig } from '../emulator/index.ts';
import { deviceConfigFor, type GoldenFile } from '../timeline/index.ts';
import type { DeviceDescription } from '../trace/index.ts';
import { Failure } from './failures.ts';

/**
 * The vGPU that a trace is replayed on; `golden`: what it starts from.
 * @throws Failure for a device that cannot be emulated, or a golden state of another GPU
 */
export function deviceOf(description: DeviceDescription, golden?: GoldenFile): VgpuConfig {
  const config = deviceConfigFor(description, {}, golden);
  if ('problem' in config) throw new Failure(config.problem);
  return config;
}
