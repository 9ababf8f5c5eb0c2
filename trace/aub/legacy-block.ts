import { hex } from '../text/numbers.ts';
import { AubSpace, type MemoryWrites } from './memory-writes.ts';

/** Operations of a block (intel_aub.h). */
const COMMENT = 0;
const DATA_WRITE = 1;
const COMMAND_WRITE = 2;
/** Types of a command write: which ring. */
const RINGS: Readonly<Record<number, string>> = { 2: 'render', 3: 'video', 4: 'blitter' };

/**
 * A block of the older form: dwords: header, operation, type and space in a byte each, subtype, address, count of
 * data, perhaps the address's upper half, data. Returns what is wrong, in words that follow “packet N”.
 */
export function readBlock(
  packet: DataView,
  number: number,
  memory: MemoryWrites,
  note: (text: string) => void,
): string | undefined {
  if (packet.byteLength < 20) return 'is too short for a block';
  const fixed = ((packet.getUint32(0, true) & 0xffff) + 2) * 4;
  const what = packet.getUint32(4, true);
  const operation = what & 0xff;
  const space = (what >>> 16) & 0xff;
  const low = packet.getUint32(12, true);
  const count = packet.getUint32(16, true);
  const high = fixed >= 24 ? packet.getUint32(20, true) : 0;
  const address = high * 2 ** 32 + low;
  if (operation === COMMENT || count === 0) return undefined;
  if (operation !== DATA_WRITE && operation !== COMMAND_WRITE) {
    note(`block of operation ${operation}: not replayed`);
    return undefined;
  }
  // Entries are counted as graphics pages here.
  const place = space === AubSpace.ggttEntry && count % 8 !== 0 ? address * 2 : address;
  const problem = memory.write(space, place, packet, fixed, count, number);
  if (problem !== undefined || operation === DATA_WRITE) return problem;
  const ring = RINGS[(what >>> 8) & 0xff] ?? 'an unknown';
  note(
    `${count} bytes of commands for the ${ring} ring at ${hex(address)}: this form of the file starts them without a register`,
  );
  return undefined;
}
