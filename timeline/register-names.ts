import { defaultConfig, isSupportedPlatform, registerDirectory } from '../emulator/index.ts';
import type { DeviceDescription, RegisterNames } from '../trace/index.ts';
import type { RegisterDirectory } from './register-directory.ts';

/** What a trace's header has to say for its register names to be known. */
type Described = Pick<DeviceDescription, 'platform' | 'deviceId'>;

/**
 * Register names of the device that a trace describes. Where that cannot be emulated, or nothing is known of it, those
 * of the default device: the offsets of most registers have not moved since Broadwell.
 */
export function directoryFor({ platform, deviceId }: Described): RegisterDirectory {
  return platform !== undefined && isSupportedPlatform(platform)
    ? registerDirectory(platform, deviceId)
    : registerDirectory(defaultConfig().platform);
}

/** For reading traces: their names are those of the device that the header has described so far. */
export const REGISTER_NAMES: RegisterNames = {
  offsetOf: (name, device) => directoryFor(device).named(name)?.offset,
};
