import {
  defaultConfig,
  deviceRow,
  type FirmwareState,
  GVT_G_QUIRKS,
  gvtMonitor,
  isQuirk,
  isSupportedPlatform,
  type Monitor,
  type Partition,
  PLATFORMS,
  type Platform,
  partitionProblem,
  QUIRKS,
  type QuirkId,
  type VgpuConfig,
} from '../emulator/index.ts';
import type { DeviceDescription, MonitorDescription } from '../trace/index.ts';
import { type GoldenFile, onHostOf } from './golden/golden-file.ts';

/** Why a trace's device cannot be emulated, in a sentence for people. */
export interface DeviceProblem {
  readonly problem: string;
}

/**
 * The vGPU that a trace's header describes. What the header leaves out is as GVT-g makes it (`defaultConfig`);
 * a header that says nothing at all gets that device whole. `overrides` win over the header. `golden`: the registers of
 * the host that it was on; a golden state of another GPU is a problem.
 */
export function deviceConfigFor(
  told: DeviceDescription,
  overrides: Partial<VgpuConfig> = {},
  golden?: GoldenFile,
): VgpuConfig | DeviceProblem {
  const description = golden === undefined ? told : onHostOf(told, golden);
  if ('problem' in description) return description;
  const platform = platformOf(description, overrides.platform);
  if (typeof platform !== 'string') return platform;
  const monitor = monitorOf(description.monitor);
  if (monitor !== undefined && 'problem' in monitor) return monitor;
  const standard = defaultConfig(platform);
  const firmware = firmwareOf(description);
  const quirks = quirksOf(description);
  if ('problem' in quirks) return quirks;
  const config: VgpuConfig = {
    ...standard,
    platform,
    vendorId: description.vendorId ?? standard.vendorId,
    deviceId: description.deviceId ?? standard.deviceId,
    revisionId: description.revisionId ?? standard.revisionId,
    partition: description.partition ?? standard.partition,
    pvinfoCaps: description.pvinfoCaps ?? standard.pvinfoCaps,
    apertureSize: barOf(description, 2)?.size ?? standard.apertureSize,
    ...(firmware === undefined ? {} : { firmware }),
    ...(monitor === undefined ? {} : { monitor }),
    ...(description.legacyInterrupt === true ? { legacyInterrupt: true } : {}),
    ...(isVgpuId(description.vgpuId) ? { id: description.vgpuId } : {}),
    ...(description.msi === undefined ? {} : { msi: description.msi }),
    ...(quirks.length === 0 ? {} : { quirks }),
    ...(golden === undefined ? {} : { golden: golden.state }),
    ...overrides,
  };
  return apertureProblem(config) ?? sliceProblem(config) ?? config;
}

/**
 * Whether a trace's PCI ids are those of a device that the emulated vGPU cannot be. A header that names an unknown
 * platform without ids, or a known one beside the id of another, is a mistake rather than another device.
 */
export function isForeign(description: DeviceDescription): boolean {
  const { platform, vendorId, deviceId } = description;
  if (vendorId === undefined && deviceId === undefined) return false;
  if (platform !== undefined && isSupportedPlatform(platform)) return false;
  return typeof platformOf(description, undefined) !== 'string';
}

/** Devices whose recordings are about, by how they call themselves in the header `answers`. */
const RECORDED_DEVICES: readonly { readonly name: RegExp; readonly quirks: readonly QuirkId[] }[] =
  [{ name: /small experimental vGPU model/, quirks: ['ring-imr-render-bits'] }];

/** What the header names; else what is known of the device that answered. */
function quirksOf({ quirks, answers }: DeviceDescription): readonly QuirkId[] | DeviceProblem {
  if (quirks === undefined) {
    const known = RECORDED_DEVICES.find(({ name }) => name.test(answers ?? ''));
    return known?.quirks ?? [];
  }
  const strange = quirks.find((name) => !isQuirk(name));
  if (strange === undefined) return quirks.filter(isQuirk);
  const known = QUIRKS.map(({ id }) => id).join(', ');
  return { problem: `The header names a quirk "${strange}"; known are: ${known}.` };
}

/**
 * The same device as the real GVT-g is: with its scanner, its quirks, and its monitor where the trace tells of none.
 * For recordings of guests inside it.
 */
export function asGvtG(config: VgpuConfig): VgpuConfig {
  const monitor = config.monitor ?? gvtMonitor(config.platform);
  return { ...config, monitor, policy: 'gvt-g', quirks: GVT_G_QUIRKS };
}

/** GVT-g has at most seven vGPUs (gvt-facts §2.1). */
function isVgpuId(id: number | undefined): id is number {
  return id !== undefined && id >= 1 && id <= 7;
}

/** The GGTT of 8 MiB (gvt-facts §5.1) has entries for 4 GiB. */
const GRAPHICS_BYTES = 2 ** 32;
const INTEL = 0x8086;

function platformOf(
  description: DeviceDescription,
  wanted: Platform | undefined,
): Platform | DeviceProblem {
  const { platform, vendorId, deviceId } = {
    ...description,
    ...(wanted === undefined ? {} : { platform: wanted }),
  };
  if (platform !== undefined && isSupportedPlatform(platform))
    return (wanted === undefined && otherPlatform(description, platform)) || platform;
  const supported = Object.keys(PLATFORMS).join(', ');
  if (platform !== undefined) {
    return { problem: `The trace is of platform "${platform}"; emulated are: ${supported}.` };
  }
  if (vendorId === undefined && deviceId === undefined) return defaultConfig().platform;
  if (vendorId !== undefined && vendorId !== INTEL) {
    return {
      problem: `The trace is of device ${pciId(vendorId, deviceId)}, which is not an Intel GPU; emulated are: ${supported}.`,
    };
  }
  return {
    problem:
      `The trace is of device ${pciId(vendorId ?? INTEL, deviceId)}, whose platform is not known; ` +
      `emulated are: ${supported}.`,
  };
}

/** A header whose platform and id are not of one device is a slip of whoever wrote it. */
function otherPlatform(
  { vendorId, deviceId }: DeviceDescription,
  platform: Platform,
): DeviceProblem | undefined {
  const row = deviceId === undefined || vendorId !== INTEL ? undefined : deviceRow(deviceId);
  if (row === undefined || row.platform === platform) return undefined;
  const id = pciId(INTEL, deviceId);
  return { problem: `The trace is of platform "${platform}", but ${id} is of "${row.platform}".` };
}

function pciId(vendorId: number, deviceId: number | undefined): string {
  const hex = (id: number) => id.toString(16).padStart(4, '0');
  return `${hex(vendorId)}:${deviceId === undefined ? '????' : hex(deviceId)}`;
}

function barOf(description: DeviceDescription, index: number) {
  return description.bars.find((bar) => bar.index === index);
}

/**
 * Most recordings begin when the driver loads: firmware has placed the BARs before, and switched on memory, I/O,
 * bus mastering and SERR (COMMAND 0x107), with the legacy interrupt on line 10.
 */
function firmwareOf(description: DeviceDescription): FirmwareState | undefined {
  const bar0 = barOf(description, 0);
  const bar2 = barOf(description, 2);
  if (bar0 === undefined || bar2 === undefined || description.showsFirmware) return undefined;
  return { bar0: bar0.base, bar2: bar2.base, command: 0x107, interruptLine: 0x0a };
}

function monitorOf(monitor: MonitorDescription | undefined): Monitor | DeviceProblem | undefined {
  if (monitor === undefined) return undefined;
  const { connection, port, edid } = monitor;
  if (!isPort(port)) {
    return { problem: `The monitor is on port ${port}; the GPU has ports A to E.` };
  }
  if (edid.length === 0 || edid.length % 128 !== 0) {
    return {
      problem: `The monitor's EDID has ${edid.length} bytes; an EDID is made of blocks of 128.`,
    };
  }
  return { connection, port, edid };
}

function isPort(port: string): port is Monitor['port'] {
  return /^[A-E]$/.test(port);
}

function apertureProblem({ apertureSize }: VgpuConfig): DeviceProblem | undefined {
  if (Number.isInteger(Math.log2(apertureSize))) return undefined;
  const size = apertureSize.toString(16);
  return { problem: `BAR2 has 0x${size} bytes; the size of a BAR is a power of two.` };
}

function sliceProblem({
  partition,
  apertureSize,
}: {
  readonly partition: Partition;
  readonly apertureSize: number;
}): DeviceProblem | undefined {
  const wrong = partitionProblem(partition, apertureSize, GRAPHICS_BYTES);
  return wrong === undefined
    ? undefined
    : { problem: `The vGPU's slice of graphics memory cannot be: ${wrong}.` };
}
