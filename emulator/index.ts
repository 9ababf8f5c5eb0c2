/** The only door of the emulator. */
import { commandTable } from './command/command-table.ts';
import type { HostConfig } from './host/host-config.ts';
import { HostGpu } from './host/host-gpu.ts';
import type { Hypervisor } from './host/hypervisor/hypervisor.ts';
import { interruptEvents } from './interrupt/interrupt-tables.ts';
import { RegisterDirectory } from './mmio/register-directory.ts';
import { type PlatformTables, RegisterMap } from './mmio/register-map.ts';
import type { Platform } from './mmio/register-row.ts';
import { tablesOf } from './platforms.ts';
import { Vgpu } from './vgpu.ts';
import type { VgpuConfig } from './vgpu-config.ts';

export type * from './access-columns.ts';
export type * from './captured/captured-state.ts';
export { CapturedVgpu, CapturedViews } from './captured/captured-vgpu.ts';
export {
  CHECK_GROUPS,
  CHECKS,
  type CheckGroup,
  type CheckId,
  type CheckRow,
  checkLabel,
  checkRow,
} from './checks.ts';
export type * from './command/command-row.ts';
export {
  COMMANDS,
  CommandTable,
  commandTable,
  engineClassOf,
  lengthOf,
} from './command/command-table.ts';
export type { DecodedAddress, DecodedCommand, DecodedField } from './command/decode.ts';
export { decodeCommand } from './command/decode.ts';
export { disassemble } from './command/disassembly.ts';
export type { RegisterNamer } from './command/operand-text.ts';
export { defaultConfig } from './default-config.ts';
export type * from './device-model.ts';
export { cvtTiming, type Timing } from './display/edid/cvt-timing.ts';
export { GVT_RESOLUTIONS, gvtMonitor } from './display/edid/gvt-monitor.ts';
export { type EdidSource, makeEdid } from './display/edid/make-edid.ts';
export type * from './display/screen/screen-value.ts';
export { CommandDecoder, type CommandPlace, type CommandTree } from './fields/command-decoder.ts';
export { decodeGroup, type FieldValue } from './fields/decode-group.ts';
export { FieldCatalog, fieldCatalog } from './fields/field-catalog.ts';
export { noBases } from './fields/state/state-context.ts';
export type { CommandMemory, StateTree } from './fields/state/state-tree.ts';
export {
  floatOf,
  hexText,
  looksLikeFloat,
  meaningOf,
  numberOf,
  numberText,
  plainText,
  valueText,
} from './fields/value-text.ts';
export { type CommandListener, type CommandRun, walkCommands } from './fields/walk-commands.ts';
export { GoldenState, type HostImage } from './golden-state.ts';
export { FOREGROUND_VM } from './host/files/control-files.ts';
export { defaultHostConfig, type HostConfig } from './host/host-config.ts';
export { HostDevice } from './host/host-device.ts';
export type * from './host/host-events.ts';
export type { HostGpu } from './host/host-gpu.ts';
export { type HostProblem, isProblem } from './host/host-problem.ts';
export type { HostedVgpu } from './host/hosted-vgpu.ts';
export { Kvm } from './host/hypervisor/kvm.ts';
export { Xen } from './host/hypervisor/xen.ts';
export { loadImage, saveImage } from './host/migration.ts';
export { packRegions, type Region, regionsIn } from './host/migration-regions.ts';
export type { SwitchedRegister } from './host/render-switch-table.ts';
export { switchedRegisters } from './host/render-switch-table.ts';
export type { ListenerInterest } from './listener-interest.ts';
export type { RegisterInfo } from './mmio/register-directory.ts';
export { RegisterDirectory } from './mmio/register-directory.ts';
export type { Platform } from './mmio/register-row.ts';
export { DEFAULT_PARTITION, type Partition, partitionProblem } from './partition.ts';
export { capabilitiesIn } from './pci/capabilities.ts';
export type { CapabilityPlace } from './pci/capability-rows.ts';
export { type ConfigInfo, configInfos } from './pci/config-infos.ts';
export type { ConfigRow } from './pci/config-rows.ts';
export { type DeviceIdRow, deviceRow, type GtLevel } from './pci/device-ids.ts';
export { isSupportedPlatform, PLATFORMS } from './platforms.ts';
export { GVT_G_QUIRKS, isQuirk, QUIRKS, type QuirkId } from './quirks.ts';
export { RecordedDevice } from './recorded/recorded-device.ts';
export { loadMemory, saveMemory } from './state/memory-image.ts';
export type { MemorySource } from './state/memory-source.ts';
export type { Vgpu } from './vgpu.ts';
export type { EnginePace, FirmwareState, Monitor, VgpuConfig } from './vgpu-config.ts';
export type * from './views/engine-view-types.ts';
export { GuestsViews } from './views/guests-views.ts';
export type * from './views/host-views.ts';
export type * from './views/shadow-views.ts';
export { type BlockValue, VgpuViews } from './views/vgpu-views.ts';
export type * from './views/view-types.ts';

const maps = new Map<PlatformTables, RegisterMap>();
const directories = new Map<RegisterMap, RegisterDirectory>();

/** Register tables; checked when first asked for. */
function mapOf(platform: Platform, deviceId: number | undefined): RegisterMap {
  const tables = tablesOf(platform, deviceId);
  const known = maps.get(tables);
  if (known) return known;
  const map = new RegisterMap(tables);
  maps.set(tables, map);
  return map;
}

/** A vGPU at power-on. */
export function createVgpu(config: VgpuConfig): Vgpu {
  return new Vgpu(config, mapOf(config.platform, config.deviceId));
}

/** What engines execute and raise, by name. */
export function eventNames(platform: Platform, deviceId?: number): EventNames {
  const tables = tablesOf(platform, deviceId);
  const { engines } = tables;
  const commands = new Set<string>();
  for (const { name } of engines) {
    for (const row of commandTable(platform, name).rows) commands.add(row.name);
  }
  return {
    engines: engines.map(({ name }) => name),
    commands: [...commands],
    interrupts: ['MSI', ...[...interruptEvents(tables).values()].map(({ name }) => name)],
  };
}

export interface EventNames {
  readonly engines: readonly string[];
  readonly commands: readonly string[];
  readonly interrupts: readonly string[];
}

/** A host without vGPUs. */
export function createHost(config: HostConfig, hypervisor?: Hypervisor): HostGpu {
  return new HostGpu(config, mapOf(config.platform, config.deviceId), hypervisor);
}

/** Register names of a platform, with those of the device's variant where the id (PCI, 16 bits) is given. */
export function registerDirectory(platform: Platform, deviceId?: number): RegisterDirectory {
  const map = mapOf(platform, deviceId);
  const known = directories.get(map);
  if (known) return known;
  const directory = new RegisterDirectory(map);
  directories.set(map, directory);
  return directory;
}
