import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { createVgpu } from '../../../emulator/index.ts';
import { deviceConfigFor } from '../../../timeline/index.ts';
import { Replayer } from '../../../timeline/replay/replayer.ts';
import { openTrace } from '../../../trace/index.ts';

/** The device's state after a recording was replayed on a new one, with no guest. */
export async function replayHash(file: string): Promise<string> {
  const bytes = createReadStream(file);
  const trace = await openTrace(file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes, {
    name: file,
  });
  if (trace.diagnostics.length > 0) throw new Error(JSON.stringify(trace.diagnostics.slice(0, 3)));
  const config = deviceConfigFor(trace.device);
  if ('problem' in config) throw new Error(config.problem);
  const device = createVgpu(config);
  new Replayer(trace.store, device).advance(trace.store.length);
  return device.hash();
}
