import { available } from './graphics-memory.ts';
import { GRAPHICS_SIZE } from './host-config.ts';
import type { HostGpu } from './host-gpu.ts';
import { ERRNO } from './host-problem.ts';
import { USUAL_WEIGHT } from './vgpu-types.ts';

const MIB = 0x100000;

/** Files of `/sys/kernel/vgt/control` of the old trees that do something here (gvt-facts §14.4). */
export const CONTROL_FILES = [
  'create_vgt_instance',
  'foreground_vm',
  'display_owner',
  'available_resource',
] as const;

export type ControlFile = (typeof CONTROL_FILES)[number];

/** What a control file says; undefined for one that cannot be read. */
export function readControl(host: HostGpu, file: ControlFile): string | undefined {
  switch (file) {
    case 'foreground_vm':
      return `${host.foreground}\n`;
    case 'display_owner':
      return '0\n';
    case 'available_resource': {
      const layout = { aperture: host.host.config.apertureSize, total: GRAPHICS_SIZE };
      const { low, high, fences } = available(layout, host.host.state.holdings);
      return `${low / MIB} ${high / MIB} ${fences}\n`;
    }
    case 'create_vgt_instance':
      return undefined;
  }
}

/** Writes a control file: 0, or an error number. */
export function writeControl(host: HostGpu, file: ControlFile, text: string): number {
  switch (file) {
    case 'foreground_vm':
      return host.writeForegroundVm(text);
    case 'display_owner':
      // Only the host's value has an effect: the display engine is the host's.
      return text.trim() === '0' ? 0 : ERRNO.invalid;
    case 'available_resource':
      return ERRNO.invalid;
    case 'create_vgt_instance':
      return createInstance(host, text);
  }
}

/** `id low_MB high_MB fences [primary]`; a negative id destroys. */
function createInstance(host: HostGpu, text: string): number {
  const parts = text.trim().split(/\s+/);
  if (parts.some((part) => !/^-?\d+$/.test(part))) return ERRNO.invalid;
  const [id = 0, low = 0, high = 0, fences = 0, primary = 1] = parts.map(Number);
  if (parts.length === 1 && id < 0) return host.destroy(-id)?.errno ?? 0;
  if (parts.length < 4 || parts.length > 5 || id <= 0) return ERRNO.invalid;
  const wanted = { low: low * MIB, high: high * MIB, fences, weight: USUAL_WEIGHT };
  const made = host.create({ id, wanted, more: primary === 0 ? { secondary: true } : {} });
  return typeof made === 'number' ? 0 : made.errno;
}
