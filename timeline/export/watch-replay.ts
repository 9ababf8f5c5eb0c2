import type { DeviceListener, DeviceModel } from '../../emulator/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import { Replayer } from '../replay/replayer.ts';

const SLICE = 20_000;

/** Replays a whole trace for a listener; `between` gets the number of records done after each slice of the work. */
export async function watchReplay(
  store: TraceStore,
  device: DeviceModel,
  listener: DeviceListener,
  between: (records: number) => Promise<void> | void,
): Promise<void> {
  const replayer = new Replayer(store, device);
  device.setListener(listener);
  try {
    while (replayer.position < store.length) {
      replayer.advance(replayer.position + SLICE);
      await between(replayer.position);
    }
  } finally {
    device.setListener(undefined);
  }
}

export interface ExportOptions {
  readonly store: TraceStore;
  /** At power-on. */
  readonly device: DeviceModel;
  readonly directory: RegisterDirectory;
  /** What is exported is called so. */
  readonly name: string;
  /** Which registers are shown as signals, by name. */
  readonly signals: (name: string) => boolean;
  readonly emit: (text: string) => void;
  /** Called between slices of the work with the fraction done, 0–1: a good time to write what was emitted. */
  readonly between: (fraction: number) => Promise<void> | void;
}
