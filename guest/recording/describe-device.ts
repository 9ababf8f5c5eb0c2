import type { VgpuConfig } from '../../emulator/index.ts';
import type { DeviceDescription } from '../../trace/index.ts';

/**
 * The device for a recording's header. BARs are left out: they would say that firmware has been there already, and
 * recordings of whole guests begin when they are switched on.
 */
export function describeDevice(config: VgpuConfig, words: GuestWords): DeviceDescription {
  const { platform, vendorId, deviceId, revisionId, partition, pvinfoCaps, monitor } = config;
  const legacyInterrupt = config.legacyInterrupt === true;
  return {
    platform,
    vendorId,
    deviceId,
    revisionId,
    partition,
    pvinfoCaps,
    ...(monitor === undefined ? {} : { monitor }),
    ...(legacyInterrupt ? { legacyInterrupt } : {}),
    ...words,
    bars: [],
    notes: [],
  };
}

/** What a recording tells besides: for people, and where the guest has memory. */
export interface GuestWords extends Pick<DeviceDescription, 'memory'> {
  readonly title: string;
  readonly driver: string;
}
