import {
  type CapturedBuffer,
  type CapturedEngine,
  type CapturedRegister,
  type CapturedState,
  commandTable,
  lengthOf,
  type Platform,
} from '../../emulator/index.ts';
import type { Snapshot, SnapshotBuffer } from '../../trace/index.ts';
import type { RegisterDirectory } from '../register-directory.ts';

/** What i915 keeps in the GGTT; the rest of what it captures is the guest's own and in its page tables. */
export const IN_GGTT = /^(ring|HW Status|HW context|WA context|WA batch|semaphores?|hws)$/i;
const PAGE = 4096;

/** What a dump shows, in the emulator's terms. */
export function capturedFrom(
  snapshot: Snapshot,
  platform: Platform,
  directory: RegisterDirectory,
): CapturedState {
  const registers = registersOf(snapshot);
  const held = new Map(registers.map(({ offset, value }) => [offset, value]));
  const of = (engine: string, name: string) => {
    const info = directory.named(`${engine}.${name}`);
    return info === undefined ? undefined : held.get(info.offset);
  };
  const names = new Set(snapshot.buffers.map(({ engine }) => engine.toUpperCase()));
  const buffers = snapshot.buffers.flatMap((buffer) => bufferOf(buffer, of));
  const hung = hungEngines(snapshot);
  const engines = [...names].flatMap((name) =>
    engineOf(name, hung.has(name), snapshot, platform, of),
  );
  return { registers, buffers, engines, mmio: snapshot.mmio, config: snapshot.config };
}

type Held = (engine: string, name: string) => number | undefined;

function registersOf(snapshot: Snapshot): CapturedRegister[] {
  return snapshot.registers.flatMap(({ offset, upperOffset, size, value }) => {
    if (offset === undefined || offset % 4 !== 0) return [];
    const low = { offset, value: value.low };
    return size === 8 ? [low, { offset: upperOffset ?? offset + 4, value: value.high }] : [low];
  });
}

function bufferOf(buffer: SnapshotBuffer, of: Held): CapturedBuffer[] {
  const { name, address, bytes } = buffer;
  if (address % PAGE !== 0 || bytes.length === 0) return [];
  const engine = buffer.engine.toUpperCase();
  return [{ engine, space: spaceOf(name, engine, of), address, bytes }];
}

/** An engine without page tables has everything in the GGTT. */
function spaceOf(name: string, engine: string, of: Held): 'ggtt' | 'ppgtt' {
  return IN_GGTT.test(name) || !of(engine, 'RING_PDP0_LDW') ? 'ggtt' : 'ppgtt';
}

function hungEngines({ facts }: Snapshot): ReadonlySet<string> {
  const hung = facts.filter(({ key, value }) => key === 'hung' && value === '1');
  return new Set(hung.map(({ engine = '' }) => engine.toUpperCase()));
}

/** An engine that was at work: its ring is not empty, or the dump calls it hung. */
function engineOf(
  name: string,
  hung: boolean,
  snapshot: Snapshot,
  platform: Platform,
  of: Held,
): CapturedEngine[] {
  const [head = 0, tail = 0] = [of(name, 'RING_HEAD'), of(name, 'RING_TAIL')];
  if (!hung && ((head ^ tail) & 0x1ffff8) === 0) return [];
  const context = snapshot.buffers.find(
    (each) => each.engine.toUpperCase() === name && each.name === 'HW context',
  );
  const levels = of(name, 'RING_PDP1_LDW') || !of(name, 'RING_PDP0_LDW') ? 3 : 4;
  const batch = batchOf(name, snapshot, platform, of);
  return [
    {
      name,
      levels,
      ...(context === undefined ? {} : { context: context.address }),
      ...(batch === undefined ? {} : { batch }),
    },
  ];
}

/** The batch that ACTHD lies in, if it is not the ring. */
function batchOf(
  name: string,
  { buffers }: Snapshot,
  platform: Platform,
  of: Held,
): CapturedEngine['batch'] {
  const upper = (of(name, 'RING_ACTHD_UDW') ?? 0) & 0xffff;
  const lower = of(name, 'RING_ACTHD') ?? 0;
  const address = upper * 2 ** 32 + lower - (lower % 4);
  const batch = buffers.find(
    (each) =>
      each.engine.toUpperCase() === name &&
      each.name !== 'ring' &&
      address >= each.address &&
      address < each.address + each.bytes.length,
  );
  if (batch === undefined) return undefined;
  const space = spaceOf(batch.name, name, of);
  return { space, start: batch.address, address: commandAt(batch, address, name, platform) };
}

/** Where the command begins that an address lies in: ACTHD may point into its middle, or at its end. */
function commandAt(
  { address: start, bytes }: SnapshotBuffer,
  address: number,
  engine: string,
  platform: Platform,
): number {
  const table = commandTable(platform, engine);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 4 <= bytes.length; ) {
    const header = view.getUint32(at, true);
    const row = table.find(header);
    if (row === undefined) break;
    const next = at + lengthOf(row, header) * 4;
    if (start + next > address) return start + at;
    at = next;
  }
  return address;
}
