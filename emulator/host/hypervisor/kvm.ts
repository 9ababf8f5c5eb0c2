import { hex } from '../../core.ts';
import type { BarChange } from '../../services.ts';
import type { DomainState } from './domain.ts';
import { Hypervisor } from './hypervisor.ts';

/**
 * When a device is put on the bus, or taken off it, from within a handler of that bus. `queued`: when the access has
 * returned. `at once`: as the old KVMGT did, which waits for its own read lock (gvt-facts §14.3).
 */
export type Registration = 'queued' | 'at once';

/**
 * The in-kernel KVMGT of old, by its semantics (gvt-facts §14.1, §14.2): BAR0 is a device on the VM's I/O bus, the
 * aperture a private memory slot, page tables are tracked. Guest accesses run with the bus's SRCU read lock held.
 */
export class Kvm extends Hypervisor {
  readonly kind = 'kvm';
  readonly #registration: Registration;

  constructor(registration: Registration = 'queued') {
    super();
    this.#registration = registration;
  }

  pauseDomain(): boolean {
    return false; // Not implemented.
  }

  shutdownDomain(): boolean {
    return false; // Not implemented.
  }

  protected changeWindow(domain: DomainState, change: BarChange): void {
    if (domain.serving === 0) return this.#install(domain, change);
    if (this.#registration === 'queued') {
      domain.waiting.push(change);
      return;
    }
    this.report(domain.domid, {
      check: 'srcu-hazard',
      message:
        `a handler ${change.installed ? 'registered' : 'removed'} ${nameOf(change)} at ${hex(change.base)} ` +
        'while it served an access of the same bus: it waits for its own SRCU read lock',
      guest: change.base,
      address: change.base,
    });
    // The work-around of the old trees: the new bus is published, and the old one freed under its readers.
    this.#install(domain, change);
  }

  /** Nothing: user space puts the OpRegion into guest memory. */
  protected mapOpRegion(domain: DomainState, address: number): void {
    domain.opRegion = address;
  }

  protected enter(domain: DomainState): void {
    domain.serving++;
  }

  protected leave(domain: DomainState): void {
    domain.serving--;
    if (domain.serving > 0) return;
    const { waiting } = domain;
    domain.waiting = [];
    for (const change of waiting) this.#install(domain, change);
  }

  /** The aperture's memory slot stays when it is unmapped (gvt-facts §14.2). */
  #install(domain: DomainState, change: BarChange): void {
    if (change.bar === 2 && !change.installed) return;
    this.applyWindow(domain, change);
  }
}

function nameOf({ bar }: BarChange): string {
  return bar === 0 ? 'the device of BAR0' : 'the memory slot of the aperture';
}
