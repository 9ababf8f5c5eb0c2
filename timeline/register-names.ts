import { defaultConfig, isSupportedPlatform, registerDirectory } from '../emulator/index.ts';
import type { DeviceDescription, RegisterNames } from '../trace/index.ts';
import { meaningOfName } from './expression/meaning-of-name.ts';
import type { RegisterDirectory } from './register-directory.ts';

/** What a trace's header has to say for its register names to be known. */
type Described = Pick<DeviceDescription, 'platform' | 'deviceId'>;

/** Of a device that is not emulated nothing is known by name. */
const NO_NAMES: RegisterDirectory = {
  at: () => undefined,
  named: () => undefined,
  names: () => [],
  afterWrite: (_info, _previous, written) => written,
};

/**
 * Register names of the device that a trace describes: none where it is of a platform that is not emulated, and where
 * it says nothing those of the default device.
 */
export function directoryFor({ platform, deviceId }: Described): RegisterDirectory {
  if (platform === undefined) return registerDirectory(defaultConfig().platform);
  return isSupportedPlatform(platform) ? registerDirectory(platform, deviceId) : NO_NAMES;
}

/** For reading traces: their names are those of the device that the header has described so far. */
export const REGISTER_NAMES: RegisterNames = {
  offsetOf: (name, device) => directoryFor(device).named(name)?.offset,
  meaningOf: (name, device) => meaningOfName(name, directoryFor(device)),
};
