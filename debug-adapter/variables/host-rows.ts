import { FOREGROUND_VM } from '../../emulator/index.ts';
import type { HostView, TimelineSession } from '../../timeline/index.ts';
import { domainRow } from './domain-rows.ts';
import { hex } from './format.ts';
import { hostFileRow, hostFileRows } from './host-file-rows.ts';
import { partyName } from './party-name.ts';
import { listOf, type Row } from './row.ts';
import { schedulerRow } from './scheduler-rows.ts';

type Share = HostView['shares'][number];

const MIB = 2 ** 20;

/** The physical GPU that vGPUs share: who has what of it. */
export async function hostRows(session: TimelineSession): Promise<readonly Row[]> {
  const host = await session.inspect({ kind: 'host' });
  if (host === undefined) return [];
  const { shares, owners, display, hypervisor } = host;
  return [
    {
      name: 'partition',
      value:
        shares.length === 2 ? 'the host and 1 vGPU' : `the host and ${shares.length - 1} vGPUs`,
      children: listOf(shares.map(shareRow)),
    },
    {
      name: 'engines',
      value: ownersText(owners),
      children: listOf(
        owners.map(({ engine, vgpu }) => ({ name: engine, value: partyName(vgpu) })),
      ),
    },
    displayRow(display),
    foregroundRow(session, display),
    schedulerRow(host),
    ...(hypervisor === undefined
      ? [{ name: 'hypervisor', value: 'none: vGPUs without virtual machines' }]
      : [
          {
            name: 'hypervisor',
            value: hypervisor.kind === 'kvm' ? 'KVM' : 'Xen',
            children: listOf(hypervisor.domains.map((each) => domainRow(hypervisor.kind, each))),
          },
        ]),
    {
      name: 'files',
      value: 'of its kernel: /sys/kernel/vgt, and gvt in debugfs',
      children: { rows: () => hostFileRows(session) },
    },
  ];
}

function shareRow({ vgpu, aperture, hidden, fences }: Share): Row {
  const low = rangeText(aperture);
  const high = rangeText(hidden);
  const physical = fences.join(', ');
  return {
    name: partyName(vgpu),
    value: `aperture ${low}; hidden ${high}; fences ${physical}`,
    children: listOf([
      { name: 'aperture', value: low, memory: { space: 'ggtt', address: aperture.base } },
      { name: 'hidden', value: high, memory: { space: 'ggtt', address: hidden.base } },
      { name: 'physical fences', value: physical },
    ]),
  };
}

function rangeText({ base, size }: Share['aperture']): string {
  return `${hex(base)}–${hex(base + size - 1)} (${size / MIB} MiB)`;
}

function ownersText(owners: HostView['owners']): string {
  const away = owners.filter(({ vgpu }) => vgpu !== 0);
  if (away.length === 0) return 'all the host’s';
  return away.map(({ engine, vgpu }) => `${engine}: ${partyName(vgpu)}`).join(', ');
}

function foregroundRow(session: TimelineSession, { foreground }: HostView['display']): Row {
  const file = { path: FOREGROUND_VM, text: `${foreground}\n`, readable: true, writable: true };
  return hostFileRow(session, 'foreground_vm', file);
}

function displayRow({ foreground, next }: HostView['display']): Row {
  const coming =
    next === undefined ? '' : `, ${partyName(next.vgpu)} with a vblank from ${next.at / 1e6} ms on`;
  return {
    name: 'display',
    value: `${partyName(foreground)}${coming}`,
  };
}
