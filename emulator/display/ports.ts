import type { Core } from '../core.ts';
import type { Monitor } from '../vgpu-config.ts';

export type PortName = Monitor['port'];

/** A digital port: where its presence and its monitor show (gvt-facts §9). */
export interface PortRow {
  readonly port: PortName;
  /** Number in register fields and in the stride of DDI registers. */
  readonly index: number;
  /** GMBUS0 pin pair (i915 intel_gmbus.c, Skylake). */
  readonly gmbusPin?: number;
  /** Live hotplug state in SDEISR (port A of Broadwell: bit 3 of the DE port group instead). */
  readonly sdeBit: number;
  /** "Port present" in SFUSE_STRAP. */
  readonly strapBit?: number;
}

export const PORTS: readonly PortRow[] = [
  { port: 'A', index: 0, sdeBit: 24 },
  { port: 'B', index: 1, gmbusPin: 5, sdeBit: 21, strapBit: 2 },
  { port: 'C', index: 2, gmbusPin: 4, sdeBit: 22, strapBit: 1 },
  { port: 'D', index: 3, gmbusPin: 6, sdeBit: 23, strapBit: 0 },
  { port: 'E', index: 4, sdeBit: 25 },
];

/** The monitor that answers on `port` over this connection. */
export function monitorOn(
  core: Core,
  port: PortName | undefined,
  connection: Monitor['connection'],
): Monitor | undefined {
  const monitor = core.config.monitor;
  if (!monitor || monitor.port !== port || monitor.connection !== connection) return undefined;
  return monitor;
}

/** A byte of a monitor's EDID; behind its end the bus stays high. */
export function edidByte(monitor: Monitor | undefined, offset: number): number {
  return monitor?.edid[offset] ?? 0xff;
}
