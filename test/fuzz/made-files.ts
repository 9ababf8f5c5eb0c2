import { crc32 } from '../../trace/golden-state/crc32.ts';
import type { FuzzFile } from './fuzz-readers.ts';

const HEADER = 48;
const CONFIG = 4096;
/** Of the 2 MiB of a real one: all is read alike. */
const REGISTERS = 2 ** 15;

/** Files of the formats of which nobody has published one, written as their writers' sources say. */
export function madeFiles(): readonly FuzzFile[] {
  return [
    { name: 'made.golden_hw_state', bytes: goldenState() },
    { name: 'made.libvfio-user.log', bytes: libvfioUserLog() },
  ];
}

/** As firmware.c of GVT-g writes it. */
function goldenState(): Uint8Array {
  const bytes = new Uint8Array(HEADER + CONFIG + REGISTERS);
  const view = new DataView(bytes.buffer);
  const header = [0x76544776, 0x47765447, 0, 0, CONFIG, 0, HEADER, 0, REGISTERS, 0];
  for (const [at, value] of header.entries()) view.setUint32(at * 4, value, true);
  view.setUint32(40, HEADER + CONFIG, true);
  view.setUint32(HEADER, 0x19128086, true);
  for (let at = HEADER + CONFIG; at < bytes.length; at += 4) view.setUint32(at, at * 0x9e37, true);
  view.setUint32(8, crc32(bytes, 12), true);
  return bytes;
}

/** As SPDK's log has it: some lines with a time, all kinds of access. */
function libvfioUserLog(): Uint8Array {
  const lines: string[] = [];
  for (let n = 0; n < 1500; n++) {
    const seconds = (n / 1000).toFixed(6).padStart(9, '0');
    const stamp = `[2026-11-22 10:11:${seconds}] vfio_user.c: 123:vfio_user_log: *DEBUG*: `;
    const [offset, size] = [`0x${(0x2000 + 4 * n).toString(16)}`, n % 5 === 0 ? 8 : 4];
    lines.push(
      n % 2 === 0
        ? `${stamp}region0: wrote 0x${n.toString(16)} to (${offset}:${size})`
        : `server[4711]: region${n % 9}: read 0x${(n * 7919).toString(16)} from (${offset}:${size})`,
    );
    if (n % 100 === 0) lines.push('server[4711]: region0: read 64 bytes at 0x2000');
    if (n % 500 === 0) lines.push('server[4711]: device reset by client');
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}
