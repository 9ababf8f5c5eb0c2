import {
  CommandDecoder,
  type CommandMemory,
  type CommandRun,
  type FieldCatalog,
  noBases,
  walkCommands,
} from '../../emulator/index.ts';
import type { Snapshot, SnapshotBuffer, SnapshotFact } from '../../trace/index.ts';
import { hex } from '../register-directory.ts';
import type { DecodeListener } from './decode-listener.ts';
import { driverIdentifier } from './driver-identifier.ts';
import { dwordOf, registerOf, remarkOf } from './dump-registers.ts';

/** Buffers by what an error state calls them: those that hold commands, and those in the GGTT. */
const RING = /^ring/i;
const CONTEXT = /^hw context/i;
const COMMANDS = /^(?:ring|batch|hw context)/i;
const IN_GGTT = /^(?:ring|hw |wa )/i;

/** What a dump says, with the fields of registers, and the commands in its buffers. */
export function decodeDump(
  snapshot: Snapshot,
  catalog: FieldCatalog,
  listener: DecodeListener,
): void {
  for (const fact of snapshot.facts) listener.fact(decodedFact(fact, catalog));
  const driver = driverIdentifier(snapshot.buffers);
  if (driver !== undefined) listener.fact({ text: `Driver identifier: ${driver}` });
  const memory = new DumpMemory(snapshot.buffers);
  const decoder = new CommandDecoder(catalog, memory, noBases());
  for (const buffer of contextsFirst(snapshot.buffers)) {
    const { engine, name, address, bytes, problem } = buffer;
    listener.run({
      engine,
      title: `${engine} ${name} at ${hex(address, 8)}, ${bytes.length} bytes`,
    });
    if (problem !== undefined) listener.note(problem, 0);
    if (!COMMANDS.test(name)) continue;
    walkCommands(decoder, runOf(buffer, snapshot.facts), markAt(listener, snapshot, engine));
  }
}

function decodedFact(fact: SnapshotFact, catalog: FieldCatalog) {
  const { key, value, engine } = fact;
  const register = registerOf(catalog, fact);
  const remark = remarkOf(fact);
  return {
    text: key === '' ? value : `${key}: ${value.trim()}`.trimEnd(),
    ...(engine === undefined ? {} : { engine }),
    ...(register === undefined ? {} : { register }),
    ...(remark === undefined ? {} : { remark }),
  };
}

/** A context's image sets state that later commands rely on. */
function contextsFirst(buffers: readonly SnapshotBuffer[]): readonly SnapshotBuffer[] {
  const isContext = ({ name }: SnapshotBuffer) => CONTEXT.test(name);
  return [...buffers.filter(isContext), ...buffers.filter((each) => !isContext(each))];
}

/** All of a batch or image; of a ring what the request that hung has in it. */
function runOf(
  { engine, name, address, bytes }: SnapshotBuffer,
  facts: readonly SnapshotFact[],
): CommandRun {
  const space = IN_GGTT.test(name) ? 'ggtt' : 'ppgtt';
  const run = {
    space,
    address,
    engine: engine.toUpperCase(),
    end: address + bytes.length,
  } as const;
  if (!RING.test(name)) return run;
  const own = (key: string) =>
    facts.find((fact) => fact.engine === engine && fact.key === key)?.value;
  // `HEAD: 0x00000058 [0x00000000]`: where the engine is, and where the request begins.
  const head = dwordOf(/\[(.*)\]/.exec(own('HEAD') ?? '')?.[1] ?? '');
  const tail = dwordOf(own('TAIL') ?? '');
  const ring = { start: address, size: bytes.length };
  if (head === undefined || tail === undefined || head >= ring.size || tail >= ring.size)
    return run;
  return { ...run, address: address + head, end: address + tail, ring, state: 'ppgtt' };
}

/** Says which command the engine was at. */
function markAt(listener: DecodeListener, { facts }: Snapshot, engine: string): DecodeListener {
  const value = facts.find((fact) => fact.engine === engine && fact.key === 'ACTHD')?.value ?? '';
  const [, high = '', low = ''] = /0x([0-9a-f]{8})(?:[ _]([0-9a-f]{8}))?/i.exec(value) ?? [];
  const acthd = Number.parseInt(high + low, 16) % 2 ** 48;
  return {
    run: (run) => listener.run(run),
    fact: (fact) => listener.fact(fact),
    note: (text, depth) => listener.note(text, depth),
    command: (command, depth) => {
      if (command.address === acthd) listener.note('ACTHD: the engine is at this command', depth);
      listener.command(command, depth);
    },
  };
}

class DumpMemory implements CommandMemory {
  readonly #buffers: readonly SnapshotBuffer[];

  constructor(buffers: readonly SnapshotBuffer[]) {
    this.#buffers = buffers;
  }

  dword(space: 'ggtt' | 'ppgtt', address: number): number | undefined {
    for (const { name, address: start, bytes } of this.#buffers) {
      if ((space === 'ggtt') !== IN_GGTT.test(name)) continue;
      const at = address - start;
      if (at < 0 || at + 4 > bytes.length) continue;
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
    }
    return undefined;
  }
}
