import type { DeviceDescription } from '../../trace/index.ts';

/** What tells one GPU from another. What is absent nobody knows. */
export type DeviceIds = Pick<
  DeviceDescription,
  'platform' | 'vendorId' | 'deviceId' | 'revisionId'
>;

const IDS = ['platform', 'vendorId', 'deviceId', 'revisionId'] as const;

/** Whether both name the same GPU, as far as both say. */
export function isSameDevice(one: DeviceIds, other: DeviceIds): boolean {
  return IDS.every((id) => {
    const [here, there] = [one[id], other[id]];
    return here === undefined || there === undefined || here === there;
  });
}

/** `skl 8086:1912 rev 06`. */
export function deviceText({
  platform,
  vendorId = 0x8086,
  deviceId,
  revisionId,
}: DeviceIds): string {
  const hex = (id: number, digits: number) => id.toString(16).padStart(digits, '0');
  const parts = [
    ...(platform === undefined ? [] : [platform]),
    ...(deviceId === undefined ? [] : [`${hex(vendorId, 4)}:${hex(deviceId, 4)}`]),
    ...(revisionId === undefined ? [] : [`rev ${hex(revisionId, 2)}`]),
  ];
  return parts.join(' ');
}

/** The ids that `told` has, and in their place where it has none those of `known`. */
export function withIds(told: DeviceDescription, known: DeviceIds): DeviceDescription {
  const ids = Object.fromEntries(
    IDS.flatMap((id) => (known[id] === undefined ? [] : [[id, known[id]]])),
  );
  return { ...ids, ...told };
}
