import type { Core } from '../../core.ts';
import { canPlug, plugMonitor } from '../../display/hotplug.ts';
import { PORTS, type PortRow } from '../../display/ports.ts';
import type { HostProblem } from '../host-problem.ts';
import { type HostFile, invalid, numberIn, withoutEffect } from './host-file.ts';

const SDEISR = 0xc4000;
const DE_PORT_ISR = 0x44440;
const BDW_PORT_A_HOTPLUG = 1 << 3;
/** TRANS_DDI_FUNC_CTL of transcoders A to C: enabled, and the port in bits 30:28. */
const FUNC_CTL = [0x60400, 0x61400, 0x62400];
const ENABLE = 0x80000000;

/** `vm<id>/PORT_x`: the monitor that a vGPU sees at a port (gvt-facts §14.4). */
export function portFiles(core: Core, folder: string): readonly HostFile[] {
  return PORTS.flatMap((row) => filesOf(core, row, `${folder}/PORT_${row.port}`));
}

function filesOf(core: Core, row: PortRow, folder: string): readonly HostFile[] {
  const { port } = row;
  const edid = monitorAt(core, row)?.edid;
  const fixed = 'fixed: a vGPU’s monitor is part of its configuration here';
  const keep = (name: string) =>
    withoutEffect(
      `${name} of PORT_${port} has no effect here: a vGPU’s monitor is part of its configuration.`,
    );
  return [
    {
      path: `${folder}/connection`,
      read: () => `${isConnected(core, row) ? 'connected' : 'disconnected'}\n`,
      write: (text) => connect(core, row, text),
    },
    {
      path: `${folder}/type`,
      read: () => `${typeOf(core, row)}\n`,
      write: (text) =>
        numberIn(text) === undefined ? invalid(`"${text.trim()}" is no number.`) : keep('type'),
      note: fixed,
    },
    {
      path: `${folder}/port_override`,
      read: () => `PORT_${port}\n`,
      write: (text) =>
        /^PORT_[A-E]/.test(text) ? keep('port_override') : invalid('It takes PORT_A to PORT_E.'),
      note: fixed,
    },
    { path: `${folder}/pipe`, read: () => `${pipeOf(core, row)}\n` },
    {
      path: `${folder}/edid`,
      read: () => (edid === undefined ? '' : hexDump(edid)),
      write: () => keep('edid'),
      note: `${fixed}; bytes in hexadecimal, where the kernel’s file has them as they are`,
    },
  ];
}

function monitorAt({ config: { monitor } }: Core, { port }: PortRow) {
  return monitor?.port === port ? monitor : undefined;
}

function isConnected(core: Core, row: PortRow): boolean {
  const monitor = monitorAt(core, row);
  if (monitor?.connection !== 'dp') return monitor !== undefined;
  const isBroadwellA = core.config.platform === 'bdw' && row.port === 'A';
  const [register, bit] = isBroadwellA
    ? [DE_PORT_ISR, BDW_PORT_A_HOTPLUG]
    : [SDEISR, 1 << row.sdeBit];
  return (core.registers.get(register) & bit) !== 0;
}

function connect(core: Core, row: PortRow, text: string): HostProblem | undefined {
  const word = ['connect', 'disconnect', 'flush'].find((each) => text.startsWith(each));
  if (word === undefined) {
    return withoutEffect(`connection takes connect, disconnect or flush, not "${text.trim()}".`);
  }
  if (word === 'flush') return withoutEffect('There is no new monitor to flush to the port.');
  if (monitorAt(core, row) === undefined || !canPlug(core)) {
    plugMonitor(core, word === 'connect', row.port);
    return withoutEffect(
      `PORT_${row.port} has no monitor that can be plugged here: only the DisplayPort monitor of a vGPU can, at ports B to D of the Skylake family.`,
    );
  }
  const wanted = word === 'connect';
  if (isConnected(core, row) !== wanted) plugMonitor(core, wanted);
  return undefined;
}

function typeOf(core: Core, row: PortRow): string {
  const monitor = monitorAt(core, row);
  if (monitor === undefined) return 'UNKNOWN';
  return `VGT_${monitor.connection.toUpperCase()}_${row.port}`;
}

/** The one whose transcoder drives the port. */
function pipeOf({ registers }: Core, { port, index }: PortRow): string {
  if (port === 'A') return 'PIPE_EDP';
  const pipe = FUNC_CTL.findIndex((offset) => {
    const value = registers.get(offset);
    return (value & ENABLE) !== 0 && ((value >>> 28) & 7) === index;
  });
  return pipe < 0 ? 'PIPE X' : `Pipe ${'ABC'[pipe]}`;
}

function hexDump(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    rows.push([...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' '));
  }
  return `${rows.join('\n')}\n`;
}
