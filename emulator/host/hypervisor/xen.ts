import type { BarChange } from '../../services.ts';
import type { DomainState, MemorySlot } from './domain.ts';
import { Hypervisor } from './hypervisor.ts';

const MIB = 0x100000;
const PAGE = 0x1000;

/**
 * XenGT by its semantics (gvt-facts §14.1): the device model is an I/O request server. Each access that it serves is
 * a request in a shared page, which it takes, works on and answers; ranges are registered by hypercall at any time.
 */
export class Xen extends Hypervisor {
  readonly kind = 'xen';

  pauseDomain(domid: number): boolean {
    const domain = this.domain(domid);
    if (!domain) return false;
    domain.paused = true;
    return true;
  }

  unpauseDomain(domid: number): boolean {
    const domain = this.domain(domid);
    if (!domain) return false;
    domain.paused = false;
    return true;
  }

  /** Remote shutdown: the guest has crashed, and does nothing more. */
  shutdownDomain(domid: number): boolean {
    return this.pauseDomain(domid);
  }

  protected changeWindow(domain: DomainState, change: BarChange): void {
    this.applyWindow(domain, change);
  }

  /** The two pages appear in the guest. */
  protected mapOpRegion(domain: DomainState, address: number, content: Uint8Array): void {
    domain.opRegion = address;
    this.deviceOf(domain.domid)?.memory.write(address, content);
  }

  protected enter(
    domain: DomainState,
    type: 'copy' | 'pci config',
    direction: 'read' | 'write',
    address: number,
    size: number,
  ): void {
    domain.request = { state: 'ready', type, direction, address, size };
    domain.requests++;
    domain.request.state = 'in process';
    domain.serving++;
  }

  protected leave(domain: DomainState): void {
    domain.serving--;
    domain.request.state = 'response ready';
    // The processor takes the answer and goes on.
    domain.request.state = 'none';
  }
}

/**
 * The pieces in which XenGT maps a guest's memory: the lowest page by itself, then whole MiB, and single pages where
 * a MiB has a hole or the memory ends within it (gvt-facts §14.1; bugs.md §3).
 */
export function mappedPieces(slots: readonly MemorySlot[]): MemorySlot[] {
  return slots.flatMap(({ base, size }) => {
    const pieces: MemorySlot[] = [];
    const end = base + size;
    for (let at = base; at < end; ) {
      const whole = at % MIB === 0 && at + MIB <= end && at > 0;
      const next = at === 0 ? PAGE : whole ? at + MIB : at + PAGE;
      pieces.push({ base: at, size: next - at });
      at = next;
    }
    return pieces;
  });
}
