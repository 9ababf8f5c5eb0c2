import type { AccessSpace, Answer, Fault } from '../../device-model.ts';
import type { BarChange, DeviceServices } from '../../services.ts';
import { copyPlain } from '../../state/plain.ts';
import { ERRNO, type HostProblem } from '../host-problem.ts';
import {
  contains,
  type DomainState,
  type GuestDevice,
  type MemorySlot,
  NO_WINDOW,
  newDomain,
  setProtected,
  slotAt,
} from './domain.ts';

/** What happens at a hypervisor, for debuggers and for the machine around it. */
export interface HypervisorListener {
  fault?(domid: number, fault: Fault): void;
  windowChanged?(domid: number, change: BarChange): void;
  msi?(domid: number, address: number, data: number): void;
  line?(domid: number, level: 0 | 1): void;
  displayReady?(domid: number, ready: boolean): void;
}

/** Nobody answers: all ones. */
const NOBODY: Answer = { low: 0xffffffff, high: 0xffffffff, known: true };

/**
 * What KVMGT and XenGT have in common: guests with memory, windows and write-protected pages, and one device model
 * behind them (gvt-facts §14). Guests are numbered from 1; 0 is the host (§14.2).
 */
export abstract class Hypervisor {
  abstract readonly kind: 'kvm' | 'xen';
  listener: HypervisorListener | undefined = undefined;
  protected domains: DomainState[] = [];
  /** By domain id; put in place again after a restore by whoever owns the devices. */
  readonly #devices = new Map<number, GuestDevice>();

  createDomain(slots: readonly MemorySlot[]): number {
    return this.#addDomain(slots, false);
  }

  /** For a guest of which there is a recording only. Without `slots` it is not known what memory it has. */
  createRecordedDomain(slots: readonly MemorySlot[] = []): number {
    return this.#addDomain(slots, true);
  }

  destroyDomain(domid: number): void {
    this.detach(domid);
    this.domains = this.domains.filter((domain) => domain.domid !== domid);
  }

  domain(domid: number): DomainState | undefined {
    return this.domains.find((domain) => domain.domid === domid);
  }

  isHost(domid: number): boolean {
    return domid === 0;
  }

  /** A VM has one vGPU at most (gvt-facts §12.2). */
  attach(domid: number, device: GuestDevice): DeviceServices | HostProblem {
    const domain = this.domain(domid);
    if (!domain) return { errno: ERRNO.noDevice, problem: `There is no domain ${domid}.` };
    if (domain.vgpu !== 0) {
      const problem = `Domain ${domid} has vGPU ${domain.vgpu} already.`;
      return { errno: ERRNO.exists, problem };
    }
    domain.vgpu = device.id;
    return this.connect(domid, device);
  }

  /** The services for a device that is attached already, as after a restore. */
  connect(domid: number, device: GuestDevice): DeviceServices {
    this.#devices.set(domid, device);
    return {
      mapBar: (change) => this.#withDomain(domid, (domain) => this.changeWindow(domain, change)),
      mapOpRegion: (address, content) =>
        this.#withDomain(domid, (domain) => this.mapOpRegion(domain, address, content)),
      injectMsi: (address, data) => {
        this.#withDomain(domid, ({ interrupts }) => {
          Object.assign(interrupts, { count: interrupts.count + 1, address, data });
        });
        this.listener?.msi?.(domid, address, data);
      },
      setInterruptLine: (level) => {
        this.#withDomain(domid, (domain) => {
          domain.line = level;
        });
        this.listener?.line?.(domid, level);
      },
      protectPage: (frame, on) =>
        this.#withDomain(domid, (domain) => setProtected(domain, frame, on)),
      seesWrites: this.domain(domid)?.recorded !== true,
      isBacked: (frame) => this.#isBacked(domid, frame),
      displayReady: (ready) => this.listener?.displayReady?.(domid, ready),
    };
  }

  detach(domid: number): void {
    this.#devices.delete(domid);
    this.#withDomain(domid, (domain) => {
      const fresh = newDomain(domid, domain.slots, domain.recorded);
      Object.assign(domain, { ...fresh, paused: domain.paused });
    });
  }

  /** Machine frame behind a guest frame (g2m_pfn); undefined where the guest has no memory. Machines here are one to one. */
  translate(domid: number, frame: number): number | undefined {
    const domain = this.domain(domid);
    return domain && slotAt(domain, frame * 4096) ? frame : undefined;
  }

  /**
   * An access of a recorded guest begins: it reaches the device by itself, and leaves the guest as one of a processor
   * does. The recording need not tell where BAR0 is.
   */
  beginRecorded(
    domid: number,
    space: AccessSpace,
    direction: 'read' | 'write',
    offset: number,
    size: number,
  ): void {
    const domain = this.#recorded(domid, space);
    if (!domain) return;
    if (space === 'config') this.enter(domain, 'pci config', direction, offset, size);
    else this.enter(domain, 'copy', direction, Math.max(0, domain.trapped.base) + offset, size);
  }

  endRecorded(domid: number, space: AccessSpace): void {
    const domain = this.#recorded(domid, space);
    if (domain) this.leave(domain);
  }

  /** The guest's processor reads 1 to 8 bytes of its physical address space. */
  read(domid: number, address: number, size: number): Answer {
    return this.#access(domid, 'read', address, size, 0, 0);
  }

  write(domid: number, address: number, size: number, low: number, high = 0): void {
    this.#access(domid, 'write', address, size, low, high);
  }

  /** A cycle at 0xcf8/0xcfc for the device. */
  readConfig(domid: number, offset: number, size: number): Answer {
    return this.#serveConfig(domid, 'read', offset, size, 0);
  }

  writeConfig(domid: number, offset: number, size: number, value: number): void {
    this.#serveConfig(domid, 'write', offset, size, value);
  }

  abstract pauseDomain(domid: number): boolean;
  abstract shutdownDomain(domid: number): boolean;

  /** How a window comes or goes, in the middle of an access or not. */
  protected abstract changeWindow(domain: DomainState, change: BarChange): void;
  protected abstract mapOpRegion(domain: DomainState, address: number, content: Uint8Array): void;
  /** Brackets an access that leaves the guest for the device model. */
  protected abstract enter(
    domain: DomainState,
    type: 'copy' | 'pci config',
    direction: 'read' | 'write',
    address: number,
    size: number,
  ): void;
  protected abstract leave(domain: DomainState): void;

  /** All of it as plain data, for snapshots and hashes. */
  save(): DomainState[] {
    return copyPlain(this.domains);
  }

  /** Devices are to be connected again afterwards. */
  restore(saved: readonly DomainState[]): void {
    this.domains = copyPlain([...saved]);
    this.#devices.clear();
  }

  protected deviceOf(domid: number): GuestDevice | undefined {
    return this.#devices.get(domid);
  }

  /** A rule was broken on the way to the device: its listener hears of it as of the device's own faults. */
  protected report(domid: number, fault: Fault): void {
    this.listener?.fault?.(domid, fault);
    this.#devices.get(domid)?.report(fault);
  }

  protected applyWindow(domain: DomainState, change: BarChange): void {
    const window = change.installed ? { base: change.base, size: change.size } : NO_WINDOW;
    if (change.bar === 0) domain.trapped = window;
    else domain.aperture = window;
    this.listener?.windowChanged?.(domain.domid, change);
  }

  #access(
    domid: number,
    direction: 'read' | 'write',
    address: number,
    size: number,
    low: number,
    high: number,
  ): Answer {
    const domain = this.domain(domid);
    const device = this.#devices.get(domid);
    if (!domain || !device || domain.paused) return NOBODY;
    if (contains(domain.trapped, address)) {
      this.enter(domain, 'copy', direction, address, size);
      const answer = act(device, 'mmio', direction, address - domain.trapped.base, size, low, high);
      this.leave(domain);
      return answer;
    }
    if (contains(domain.aperture, address)) {
      const graphics = address - domain.aperture.base + device.apertureBase;
      return act(device, 'aperture', direction, graphics, size, low, high);
    }
    if (!slotAt(domain, address)) return NOBODY;
    if (direction === 'read') return device.memory.readValue(address, size);
    this.#writeMemory(domain, device, address, size, low, high);
    return NOBODY;
  }

  /** A protected page is written through the device model, whose page-table watcher sees it. */
  #writeMemory(
    domain: DomainState,
    device: GuestDevice,
    address: number,
    size: number,
    low: number,
    high: number,
  ): void {
    const seen = domain.protectedFrames.includes(Math.floor(address / 4096));
    if (seen) this.enter(domain, 'copy', 'write', address, size);
    device.memory.writeValue(address, size, low, high);
    if (seen) this.leave(domain);
  }

  #serveConfig(
    domid: number,
    direction: 'read' | 'write',
    offset: number,
    size: number,
    value: number,
  ): Answer {
    const domain = this.domain(domid);
    const device = this.#devices.get(domid);
    if (!domain || !device || domain.paused) return NOBODY;
    this.enter(domain, 'pci config', direction, offset, size);
    const answer = act(device, 'config', direction, offset, size, value, 0);
    this.leave(domain);
    return answer;
  }

  #addDomain(slots: readonly MemorySlot[], recorded: boolean): number {
    const domid = this.domains.reduce((most, each) => Math.max(most, each.domid), 0) + 1;
    this.domains.push(newDomain(domid, slots, recorded));
    return domid;
  }

  /** The aperture is mapped into the guest: nobody is asked there. */
  #recorded(domid: number, space: AccessSpace): DomainState | undefined {
    if (space !== 'mmio' && space !== 'config') return undefined;
    const domain = this.domain(domid);
    return domain?.recorded === true ? domain : undefined;
  }

  #isBacked(domid: number, frame: number): boolean | undefined {
    const domain = this.domain(domid);
    if (domain?.recorded === true && domain.slots.length === 0) return undefined;
    return this.translate(domid, frame) !== undefined;
  }

  #withDomain(domid: number, act: (domain: DomainState) => void): void {
    const domain = this.domain(domid);
    if (domain) act(domain);
  }
}

function act(
  device: GuestDevice,
  space: 'mmio' | 'aperture' | 'config',
  direction: 'read' | 'write',
  offset: number,
  size: number,
  low: number,
  high: number,
): Answer {
  if (direction === 'read') return device.read(space, offset, size);
  device.write(space, offset, size, low, high);
  return NOBODY;
}
