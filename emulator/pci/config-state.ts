import type { VgpuConfig } from '../vgpu-config.ts';
import { capabilitiesOf, configRows, msiCapability } from './capabilities.ts';

/** Where windows of the device are in guest physical memory: first byte, or -1 where they are not. Plain data. */
export interface MemoryDecode {
  /** BAR0, whose accesses trap. */
  registers: number;
  /** The own slice of the aperture, mapped. */
  aperture: number;
}

/** PCI configuration space. Plain data. */
export interface ConfigState {
  /** 4,096 bytes. */
  bytes: Uint8Array;
  /** The guest has put the device into D3hot (gvt-facts §1.2). */
  d3Entered: boolean;
  /** Windows that are installed in guest memory (§1.3). */
  decode: MemoryDecode;
  /** The guest has written to it: what it did not change it left as it is. */
  written: boolean;
  /** Level of INTA#; always 0 where the configuration has no legacy interrupt. */
  interruptLine: 0 | 1;
}

export const CONFIG_SIZE = 4096;

export function initialConfig(config: VgpuConfig): ConfigState {
  const bytes = new Uint8Array(CONFIG_SIZE);
  const put = putter(bytes);
  for (const row of configRows(capabilitiesOf(config)))
    put(row.offset, row.size, row.reset?.value ?? 0);
  put(0x2c, 2, config.vendorId);
  put(0x2e, 2, config.deviceId);
  if (config.golden?.config !== undefined) copyHost(bytes, config.golden.config);
  if (config.secondary === true) {
    // Not the display that firmware uses (gvt-facts §1.2).
    put(0x09, 2, 0x8080);
  }
  put(0x00, 2, config.vendorId);
  put(0x02, 2, config.deviceId);
  put(0x08, 1, config.revisionId);
  const firmware = config.firmware;
  if (firmware) {
    put(0x04, 2, firmware.command);
    put(0x10, 4, (firmware.bar0 & ~15) | 0x4);
    put(0x18, 4, (firmware.bar2 & ~15) | 0xc);
    put(0x3c, 1, firmware.interruptLine);
  }
  if (config.msi) {
    const capability = msiCapability(config);
    put(capability + 2, 2, 1);
    put(capability + 4, 4, config.msi.address);
    put(capability + 8, 2, config.msi.data);
  }
  const decodes = firmware !== undefined && (firmware.command & 2) !== 0;
  const decode = decodes
    ? { registers: firmware.bar0, aperture: firmware.bar2 + config.partition.mappableBase }
    : { registers: -1, aperture: -1 };
  return { bytes, d3Entered: false, decode, written: false, interruptLine: 0 };
}

function putter(bytes: Uint8Array) {
  return (offset: number, size: number, value: number) => {
    for (let i = 0; i < size; i++) bytes[offset + i] = value >>> (i * 8);
  };
}

/** I/O, memory and bus mastering of COMMAND. */
const DECODES = 0x7;

/**
 * The host's configuration space, and what GVT-g takes out of it: there is no stolen memory, no window is open, upper
 * halves of BARs, I/O BAR, ROM and OpRegion are for the guest's firmware to set (gvt-facts §1.2). Lower halves stay
 * the host's until then.
 */
function copyHost(bytes: Uint8Array, host: Uint8Array): void {
  bytes.set(host.subarray(0, CONFIG_SIZE));
  const put = putter(bytes);
  bytes[0x04] = (bytes[0x04] ?? 0) & ~DECODES;
  for (const offset of [0x14, 0x1c, 0x20, 0x24, 0x30, 0xfc]) put(offset, 4, 0);
  // GMCH control: the field that tells the size of stolen memory.
  bytes[0x51] = 0;
}
