import { type Core, fault } from '../core.ts';
import { raiseEvent } from '../interrupt/events.ts';
import type { InterruptEventId } from '../interrupt/interrupt-tables.ts';
import { PORTS, type PortName } from './ports.ts';

const SDEISR = 0xc4000;
const SDEIIR = 0xc4008;
const SFUSE_STRAP = 0xc2014;
const PCH_PORT_HOTPLUG = 0xc4030;

interface HotplugRow {
  readonly event: InterruptEventId;
  /** Lowest bit of the port's two status bits in PCH_PORT_HOTPLUG. */
  readonly status: number;
}

/** Port A and E are not GVT-g's to plug; D is (gvt-facts §9). */
const HOTPLUG: Readonly<Partial<Record<PortName, HotplugRow>>> = {
  B: { event: 'hotplug-b', status: 0 },
  C: { event: 'hotplug-c', status: 8 },
  D: { event: 'hotplug-d', status: 16 },
};

/**
 * The link of the DisplayPort monitor goes up or down (gvt-facts §9, hotplug on the Skylake family): presence and
 * strap follow, the identity bit is set whatever IMR says, then comes the event. The monitor itself still answers,
 * as GVT-g's does: drivers look at the presence bit first. `at`: the port, if it is not to be that of the monitor.
 */
export function plugMonitor(
  core: Core,
  connected: boolean,
  at: PortName | undefined = core.config.monitor?.port,
): void {
  const { monitor } = core.config;
  const row = at === monitor?.port ? PORTS.find(({ port }) => port === at) : undefined;
  const hotplug = row && HOTPLUG[row.port];
  if (monitor?.connection !== 'dp' || !row || !hotplug || !hasHotplug(core)) {
    fault(core, 'hotplug-unsupported', () => unsupported(core, at), {});
    return;
  }
  const { registers } = core;
  const present = 1 << row.sdeBit;
  const strap = row.strapBit === undefined ? 0 : 1 << row.strapBit;
  registers.update(SDEISR, connected ? present : 0, present);
  registers.update(SFUSE_STRAP, connected ? strap : 0, strap);
  registers.update(SDEIIR, present, 0);
  registers.update(PCH_PORT_HOTPLUG, 3 << hotplug.status, 0);
  raiseEvent(core, hotplug.event);
}

/** There is a DisplayPort monitor, at a port that can be plugged. */
export function canPlug(core: Core): boolean {
  const { monitor } = core.config;
  return monitor?.connection === 'dp' && HOTPLUG[monitor.port] !== undefined && hasHotplug(core);
}

/** Broadwell has no hotplug emulation (gvt-facts §9). */
export function hasHotplug(core: Core): boolean {
  return core.registers.map.tables.platform !== 'bdw';
}

function unsupported(core: Core, at: PortName | undefined): string {
  if (!hasHotplug(core)) return 'hotplug is not emulated on Broadwell';
  const { monitor } = core.config;
  if (monitor?.connection !== 'dp') return 'there is no DisplayPort monitor to plug';
  return at === monitor.port
    ? `port ${at} cannot be plugged`
    : `there is no monitor to plug at port ${at}`;
}
