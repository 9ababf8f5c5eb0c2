import type { Vgpu } from '../../emulator/index.ts';
import { crc32 } from '../../trace/golden-state/crc32.ts';

const HEADER = 48;
const CONFIG = 4096;
const MMIO = 2 ** 21;

/** A `golden_hw_state` with the registers and the configuration space of this device, as GVT-g writes such a file. */
export function goldenFileOf(vgpu: Pick<Vgpu, 'peek'>): Uint8Array {
  const bytes = new Uint8Array(HEADER + CONFIG + MMIO);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x76544776, true);
  view.setUint32(4, 0x47765447, true);
  const parts = [
    { space: 'config', size: CONFIG, offset: HEADER, header: 16 },
    { space: 'mmio', size: MMIO, offset: HEADER + CONFIG, header: 32 },
  ] as const;
  for (const { space, size, offset, header } of parts) {
    view.setUint32(header, size, true);
    view.setUint32(header + 8, offset, true);
    for (let at = 0; at < size; at += 4) {
      view.setUint32(offset + at, vgpu.peek(space, at, 4).low, true);
    }
  }
  view.setUint32(8, crc32(bytes, 12), true);
  return bytes;
}
