import { createVgpu, registerDirectory, type Vgpu, type VgpuConfig } from '../emulator/index.ts';
import { createLocalSession, deviceConfigFor, type TimelineSession } from '../timeline/index.ts';
import type { OpenedTrace } from '../trace/index.ts';

export const NEVER = { cancelled: false };

export function configFor({ device }: Pick<OpenedTrace, 'device'>): VgpuConfig {
  const config = deviceConfigFor(device);
  if ('problem' in config) throw new Error(config.problem);
  return config;
}

/** The vGPU of a trace, at power-on. */
export function deviceFor(trace: OpenedTrace): Vgpu {
  return createVgpu(configFor(trace));
}

/** A session at its first moment, as the debug adapter makes it. */
export function sessionFor(trace: OpenedTrace): TimelineSession {
  return createLocalSession({
    trace,
    device: deviceFor(trace),
    directory: registerDirectory('skl'),
    yieldToOthers: () => new Promise((others) => setImmediate(others)),
  });
}

/** Runs to the end of the recording. @throws Error where it stops before */
export async function runToEnd(session: TimelineSession): Promise<void> {
  const stop = await session.resume('forward', NEVER);
  if (stop.reason !== 'end') {
    throw new Error(`stopped at record ${stop.moment.record}: ${stop.text ?? stop.reason}`);
  }
}
