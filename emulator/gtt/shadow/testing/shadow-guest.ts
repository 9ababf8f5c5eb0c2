import type { Fault, ShadowEvent } from '../../../device-model.ts';
import type { DeviceServices } from '../../../services.ts';
import { testVgpu } from '../../../testing/test-vgpu.ts';
import type { VgpuConfig } from '../../../vgpu-config.ts';

export const PAGE = 4096;
/** PML4, PDP, PD and PT of one tree, and a second PT. */
export const [PML4, PDP, PD, PT, PT2] = [0x10000, 0x11000, 0x12000, 0x13000, 0x14000] as const;
const TREE = [PML4, PDP, PD, PT];
/** The aperture shows the tables from here on. */
const WINDOW = 128 * 0x100000;

/** A hypervisor that shows each write. */
const SERVICES: DeviceServices = {
  seesWrites: true,
  mapBar: () => {},
  mapOpRegion: () => {},
  injectMsi: () => {},
  setInterruptLine: () => {},
  protectPage: () => {},
  isBacked: (frame) => frame < 0x40000,
  displayReady: () => {},
};

/** A guest with page tables in its memory, whose processor's writes a hypervisor shows. */
export function guest(change: Partial<VgpuConfig> = {}, isBacked = SERVICES.isBacked) {
  const { vgpu, w, r } = testVgpu(change);
  const faults: Fault[] = [];
  const events: ShadowEvent[] = [];
  const protectedPages = new Set<number>();
  vgpu.attachServices({
    ...SERVICES,
    isBacked,
    protectPage: (frame, on) => {
      if (on) protectedPages.add(frame);
      else protectedPages.delete(frame);
    },
  });
  vgpu.setListener({
    fault: (fault) => faults.push(fault),
    shadow: (event) => events.push(event),
  });
  r(0x78000);
  for (const [at, page] of [...TREE, PT2].entries()) {
    vgpu.showMemory(page, new Uint8Array(PAGE));
    vgpu.write('mmio', 0x800000 + (WINDOW / PAGE + at) * 8, 8, page | 1, 0);
  }
  const put = (table: number, index: number, low: number, high = 0) =>
    vgpu.core.memory.writeValue(table + index * 8, 8, low, high);
  put(PML4, 0, PDP | 3);
  put(PDP, 0, PD | 3);
  put(PD, 0, PT | 3);
  put(PT, 0, 0x20003);
  const notify = (value: number, pdps: readonly number[] = [PML4]) => {
    pdps.forEach((pdp, index) => {
      w(0x78838 + index * 8, pdp);
      w(0x7883c + index * 8, 0);
    });
    w(0x78818, value);
  };
  const { shadow } = vgpu.core.state;
  const counts = () =>
    Object.fromEntries(shadow.tables.map(({ frame, references }) => [frame, references]));
  const checks = () => faults.splice(0).map(({ check }) => check);
  /** Through the aperture, as the guest's processor would. */
  const poke = (table: number, at: number, size: number, low: number, high = 0) =>
    vgpu.write('aperture', WINDOW + (table - PML4) + at, size, low, high);
  return { vgpu, w, put, poke, notify, events, checks, counts, shadow, protectedPages };
}
