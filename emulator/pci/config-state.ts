import type { VgpuConfig } from '../vgpu-config.ts';
import { CONFIG_ROWS } from './config-rows.ts';

/** PCI configuration space. Plain data. */
export interface ConfigState {
  /** 4,096 bytes. */
  bytes: Uint8Array;
  /** The guest has put the device into D3hot (gvt-facts §1.2). */
  d3Entered: boolean;
}

export const CONFIG_SIZE = 4096;

export function initialConfig(config: VgpuConfig): ConfigState {
  const bytes = new Uint8Array(CONFIG_SIZE);
  const put = (offset: number, size: number, value: number) => {
    for (let i = 0; i < size; i++) bytes[offset + i] = value >>> (i * 8);
  };
  for (const row of CONFIG_ROWS) put(row.offset, row.size, row.reset?.value ?? 0);
  put(0x00, 2, config.vendorId);
  put(0x02, 2, config.deviceId);
  put(0x08, 1, config.revisionId);
  put(0x2c, 2, config.vendorId);
  put(0x2e, 2, config.deviceId);
  const firmware = config.firmware;
  if (firmware) {
    put(0x04, 2, firmware.command);
    put(0x10, 4, (firmware.bar0 & ~15) | 0x4);
    put(0x18, 4, (firmware.bar2 & ~15) | 0xc);
    put(0x3c, 1, firmware.interruptLine);
  }
  return { bytes, d3Entered: false };
}
