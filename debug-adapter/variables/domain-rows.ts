import type { HostView } from '../../timeline/index.ts';
import { hex } from './format.ts';
import { partyName } from './party-name.ts';
import { listOf, type Row } from './row.ts';

type Hypervisor = NonNullable<HostView['hypervisor']>;
type Domain = Hypervisor['domains'][number];
type Window = Domain['slots'][number];

/** A guest machine: what of its address space leads to the device model. */
export function domainRow(kind: Hypervisor['kind'], domain: Domain): Row {
  const { domid, vgpu, trapped, aperture, protectedPages, interrupts } = domain;
  const { count, address, data } = interrupts;
  const rows: Row[] = [
    { name: 'vGPU', value: String(vgpu) },
    slotsRow(domain),
    { name: 'trapped range', value: trapped ? `${windowText(trapped)}, BAR0` : 'none' },
    { name: 'aperture window', value: aperture ? `${windowText(aperture)}, BAR2` : 'none' },
    {
      name: 'write-protected pages',
      value: protectedPages.length === 0 ? 'none' : String(protectedPages.length),
      children: listOf(protectedPages.map(pageRow)),
    },
    {
      name: 'MSIs',
      value: count === 0 ? 'none' : `${count}, the last ${hex(data)} to ${hex(address)}`,
    },
    { name: 'OpRegion', value: domain.opRegion === 0 ? 'none' : hex(domain.opRegion) },
  ];
  return {
    name: `domain ${domid}`,
    value: `${partyName(vgpu)}${domain.recorded ? ', a recorded guest' : ''}`,
    children: listOf(kind === 'xen' ? [...rows, requestRow(domain)] : rows),
  };
}

function slotsRow({ slots, recorded }: Domain): Row {
  if (recorded && slots.length === 0)
    return { name: 'memory slots', value: 'not known of a recorded guest' };
  const children = listOf(slots.map((slot, n) => ({ name: `slot ${n}`, value: windowText(slot) })));
  return { name: 'memory slots', value: String(slots.length), children };
}

function pageRow(address: number): Row {
  return { name: hex(address), value: 'page table', memory: { space: 'memory', address } };
}

/** Each access of the device model is a request in a page that it shares with Xen. */
function requestRow({ requests, request }: Domain): Row {
  const { type, direction, address, size } = request;
  const last =
    requests === 0 ? '' : `, the last: ${type} ${direction} ${hex(address)}, ${size} bytes`;
  return { name: 'I/O requests', value: `${requests}${last}` };
}

function windowText({ base, size }: Window): string {
  return `${hex(base)}–${hex(base + size - 1)}`;
}
