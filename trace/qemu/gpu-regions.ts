const KIB = 2 ** 10;
const MIB = 2 ** 20;

/** A memory region of QEMU that is a GPU's BAR, or part of one. */
export interface GpuRegion {
  readonly name: RegExp;
  /** Bytes of the BAR; it lies at a multiple of them. */
  readonly bytes: number;
  readonly vendorId?: number;
  readonly deviceId?: number;
}

/**
 * GPUs by the names that QEMU gives their registers. The first row that occurs in a log says what the log is about.
 * Of a GPU without the registers of Intel's, the BAR that has registers is shown as `mmio`, whichever it is.
 */
export const GPU_REGIONS: readonly GpuRegion[] = [
  // Intel's: GTTMMADR, 16 MiB from Broadwell on. Which one it is, the name does not tell.
  { name: /^igd-gttmmadr$/, bytes: 16 * MIB },
  // Devices of the host that VFIO hands on: NAME BAR N (hw/vfio/pci.c).
  { name: / BAR 0$/, bytes: 16 * MIB },
  // hw/display/ati.c
  { name: /^ati\.mmregs$/, bytes: 16 * KIB, vendorId: 0x1002 },
  // hw/display/vga-pci.c: four regions in one page
  {
    name: /^(bochs dispi interface|bochs-display-mmio|qemu extended regs)$/,
    bytes: 4 * KIB,
    vendorId: 0x1234,
    deviceId: 0x1111,
  },
  // hw/virtio/virtio-pci.c: common, isr, device, notify, a page each
  {
    name: /^virtio-pci-[a-z]+-virtio-gpu$/,
    bytes: 16 * KIB,
    vendorId: 0x1af4,
    deviceId: 0x1050,
  },
  // hw/display/qxl.c
  { name: /^qxl-vram-|^qxl-ioports$/, bytes: 32, vendorId: 0x1b36, deviceId: 0x0100 },
];
