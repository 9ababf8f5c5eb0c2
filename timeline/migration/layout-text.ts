import type { VgpuConfig } from '../../emulator/index.ts';
import { deviceText } from '../golden/same-device.ts';

/**
 * What two vGPUs must have in common for one to take the other's image: `skl 8086:1912 rev 06, vGPU 1, slice
 * 08000000+08000000 28000000+20000000, 4 fences, 256 MiB aperture, hdmi monitor on port B, policy hardware`. In ASCII.
 */
export function layoutText(config: VgpuConfig): string {
  const { id, partition, apertureSize, monitor, policy = 'hardware', quirks = [] } = config;
  const { mappableBase, mappableSize, hiddenBase, hiddenSize, fences } = partition;
  const hex = (value: number) => value.toString(16).padStart(8, '0');
  const parts = [
    deviceText(config),
    `vGPU ${id}`,
    `slice ${hex(mappableBase)}+${hex(mappableSize)} ${hex(hiddenBase)}+${hex(hiddenSize)}`,
    `${fences} fences`,
    `${apertureSize / 2 ** 20} MiB aperture`,
    monitor === undefined ? 'no monitor' : `${monitor.connection} monitor on port ${monitor.port}`,
    `policy ${policy}`,
    ...(quirks.length === 0 ? [] : [`quirks ${[...quirks].sort().join(' ')}`]),
  ];
  return parts.join(', ');
}
