import { GoldenState } from '../../emulator/index.ts';
import type { DeviceDescription, OpenedTrace, Snapshot } from '../../trace/index.ts';
import { type DeviceIds, deviceText, isSameDevice, withIds } from './same-device.ts';

/** The registers of a host, as somebody gave them. */
export interface GoldenFile {
  /** For messages. */
  readonly name: string;
  /** Whose they are, as far as the file says. */
  readonly device: DeviceIds;
  readonly state: GoldenState;
}

/** Why a file is of no use, in a sentence for people. */
export interface GoldenProblem {
  readonly problem: string;
}

/**
 * A dump of a host's registers as the golden state of its vGPUs: a `golden_hw_state` with all of them and configuration
 * space, or a list of some. Of `mmio_diff` the column of the host.
 */
export function goldenFrom(dump: OpenedTrace): GoldenFile | GoldenProblem {
  const { name, device, snapshot, format } = dump;
  const registers = snapshot === undefined ? [] : registersOf(snapshot);
  const state = new GoldenState({ mmio: snapshot?.mmio, config: snapshot?.config, registers });
  if (state.count > 0) return { name, device, state };
  const what = format === undefined ? '' : ` (${format.title})`;
  return {
    problem:
      `${name}${what} lists no registers of a host; a golden state is a golden_hw_state of GVT-g's, ` +
      `an intel_reg dump, or an mmio_diff.`,
  };
}

function registersOf({ registers }: Snapshot): { offset: number; value: number }[] {
  return registers.flatMap(({ offset, upperOffset, size, value, host = value }) => {
    if (offset === undefined) return [];
    const low = { offset, value: host.low };
    return size === 8 ? [low, { offset: upperOffset ?? offset + 4, value: host.high }] : [low];
  });
}

/**
 * A trace's device on the host of a golden state: what the trace does not say of it, its host does, as a vGPU shows
 * its host's ids (gvt-facts §1.1).
 */
export function onHostOf(
  device: DeviceDescription,
  golden: GoldenFile,
): DeviceDescription | GoldenProblem {
  if (isSameDevice(device, golden.device)) return withIds(device, golden.device);
  return {
    problem:
      `The golden state ${golden.name} is of ${deviceText(golden.device)}, and the trace of ${deviceText(device)}; ` +
      `a vGPU starts from the registers of its own host.`,
  };
}
