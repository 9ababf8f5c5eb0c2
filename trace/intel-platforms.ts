/** Graphics device ids by platform, as far as GVT-g knows them (gvt-facts §1). First match counts. */
const PLATFORMS: readonly {
  readonly platform: string;
  readonly from: number;
  readonly to: number;
}[] = [
  { platform: 'bdw', from: 0x1602, to: 0x163f },
  { platform: 'skl', from: 0x1902, to: 0x193f },
  { platform: 'bxt', from: 0x1a84, to: 0x1a85 },
  { platform: 'bxt', from: 0x5a84, to: 0x5a85 },
  { platform: 'kbl', from: 0x5902, to: 0x593f },
  { platform: 'kbl', from: 0x87c0, to: 0x87c0 },
  { platform: 'cfl', from: 0x3e90, to: 0x3eaf },
];

/** Platform name of an Intel graphics device id, undefined for others. */
export function platformOfDevice(deviceId: number): string | undefined {
  return PLATFORMS.find(({ from, to }) => deviceId >= from && deviceId <= to)?.platform;
}
