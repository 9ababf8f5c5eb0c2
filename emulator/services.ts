/** A window of the device that appears in, or goes from, guest physical memory. */
export interface BarChange {
  /** 0: registers and GGTT. 2: the own slice of the aperture. */
  readonly bar: 0 | 2;
  /** Guest physical address of its first byte. */
  readonly base: number;
  /** Bytes. */
  readonly size: number;
  readonly installed: boolean;
}

/**
 * What a device model needs of the hypervisor that runs its guest, besides guest memory itself (gvt-facts §14.1).
 * A device without one keeps its state all the same. Calls are made in the middle of accesses: who needs a lock that
 * is held meanwhile queues them (§14.3).
 */
export interface DeviceServices {
  /**
   * Each write of the guest's processor into a protected page is seen. False where the guest is a recording, which
   * shows memory only when the device uses it.
   */
  readonly seesWrites: boolean;
  /** BAR0 is trapped, or the aperture is mapped. */
  mapBar(change: BarChange): void;
  /** Where the guest's firmware put the OpRegion: two pages from this guest physical address. */
  mapOpRegion(address: number, content: Uint8Array): void;
  injectMsi(address: number, data: number): void;
  setInterruptLine(level: 0 | 1): void;
  /** Guest writes into this page frame are to be seen: it holds a page table. */
  protectPage(frame: number, on: boolean): void;
  /** Whether the guest has memory at this page frame; undefined where that is not known. */
  isBacked(frame: number): boolean | undefined;
  /** The guest's driver says whether its display is ready (PVINFO, gvt-facts §3). */
  displayReady(ready: boolean): void;
}
