import type { AccessSpace, Answer, Fault } from '../../device-model.ts';
import type { BarChange } from '../../services.ts';
import type { GuestMemory } from '../../state/guest-memory.ts';

/** RAM of a guest: a run of guest physical addresses, in bytes. */
export interface MemorySlot {
  readonly base: number;
  readonly size: number;
}

/** The device model as a hypervisor calls it: the same one for KVM and Xen. */
export interface GuestDevice {
  /** vGPU id. */
  readonly id: number;
  /** The guest's RAM, one with the device's view of it. */
  readonly memory: GuestMemory;
  /** Graphics address of the slice that the aperture window shows. */
  readonly apertureBase: number;
  /** Its listener hears of a fault on the way to it. */
  report(fault: Fault): void;
  read(space: AccessSpace, offset: number, size: number): Answer;
  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void;
}

/** A guest machine. Plain data. */
export interface DomainState {
  readonly domid: number;
  /** vGPU attached to it; 0 for none. */
  vgpu: number;
  /** Its RAM; of a recorded guest it is not known. */
  slots: MemorySlot[];
  /** Its accesses come from a recording: there is no processor whose writes into memory are seen. */
  readonly recorded: boolean;
  /** BAR0 as it is trapped, and the aperture as it is mapped; base -1 where they are not. */
  trapped: MemorySlot;
  aperture: MemorySlot;
  /** Write-protected page frames, ascending. */
  protectedFrames: number[];
  /** Accesses being served: the depth of readers of the bus. */
  serving: number;
  /** Changes of windows that wait until the access returns. */
  waiting: BarChange[];
  /** MSIs delivered, and the last one. */
  interrupts: { count: number; address: number; data: number };
  line: 0 | 1;
  paused: boolean;
  /** Only Xen: the request page's slot, and how many requests there were. */
  request: IoRequest;
  requests: number;
  opRegion: number;
}

/** As in Xen's shared request page. */
export interface IoRequest {
  state: 'none' | 'ready' | 'in process' | 'response ready';
  readonly type: 'copy' | 'pci config';
  readonly direction: 'read' | 'write';
  readonly address: number;
  readonly size: number;
}

export const NO_WINDOW: MemorySlot = { base: -1, size: 0 };
const NO_REQUEST: IoRequest = {
  state: 'none',
  type: 'copy',
  direction: 'read',
  address: 0,
  size: 0,
};

export function newDomain(
  domid: number,
  slots: readonly MemorySlot[],
  recorded = false,
): DomainState {
  return {
    domid,
    vgpu: 0,
    slots: slots.map((slot) => ({ ...slot })),
    recorded,
    trapped: NO_WINDOW,
    aperture: NO_WINDOW,
    protectedFrames: [],
    serving: 0,
    waiting: [],
    interrupts: { count: 0, address: 0, data: 0 },
    line: 0,
    paused: false,
    request: NO_REQUEST,
    requests: 0,
    opRegion: 0,
  };
}

export function contains({ base, size }: MemorySlot, address: number): boolean {
  return base >= 0 && address >= base && address < base + size;
}

export function slotAt(domain: DomainState, address: number): MemorySlot | undefined {
  return domain.slots.find((slot) => contains(slot, address));
}

export function setProtected(domain: DomainState, frame: number, on: boolean): void {
  const others = domain.protectedFrames.filter((each) => each !== frame);
  domain.protectedFrames = on ? [...others, frame].sort((a, b) => a - b) : others;
}
