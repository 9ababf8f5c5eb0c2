import { commandTable, lengthOf } from '../../command/command-table.ts';
import { fault, hex } from '../../core.ts';
import { refuseCommands } from '../../failsafe.ts';
import { type Engine, headOffset, RING, ringGet, ringSize, tailOffset } from '../engine.ts';
import type { GpuSpace } from '../engine-state.ts';
import { auditCommand } from './audit.ts';
import { type Refusal, type Refused, refuse, type ScannedCommand } from './refusal.ts';
import { fetchDword } from './scan-fetch.ts';
import { scanImage } from './scan-image.ts';

/**
 * Dwords that are looked at in one workload at most: a batch that has no end must not hold everything up. What goes on
 * behind them is refused, as GVT-g refuses a batch of more than 2 GiB (gvt-facts §10.2).
 */
const MOST_DWORDS = 1_000_000;

/**
 * Looks through a workload before it runs, as GVT-g does: the ring from head to tail, and every privileged batch
 * (gvt-facts §10.2). What it refuses does not run, with the consequences of §10.5. False where it refused.
 */
export function scanWorkload(engine: Engine): boolean {
  engine.state.scanned = tailOffset(engine);
  const scan = new Scan(engine);
  const refused = scan.ring() ?? scan.setup() ?? scanImage(engine);
  if (refused === undefined) return true;
  const { core, row, state } = engine;
  const { command, refusal } = refused;
  const message = `${row.name}: ${command} was refused (${refusal.kind}): ${refusal.why}`;
  state.stall = 'refused';
  const { address, space, dwords } = refused;
  const evidence = { engine: row.name, graphics: address, space, dwords };
  if (refusal.kind === 'not permitted') {
    fault(core, 'command-not-permitted', () => message, evidence);
  } else {
    fault(core, 'command-refused', () => message, evidence);
    refuseCommands(core, message, evidence);
  }
  return false;
}

const CACHE_LINE = 64;
const NOOP = 0;
/** To a privileged batch. */
const BATCH_BUFFER_START = 0x18800001;

interface Buffer {
  readonly level: ScannedCommand['level'];
  readonly space: GpuSpace;
  /** Graphics address of a dword, counted in bytes from the start. */
  readonly addressOf: (offset: number) => number;
  /** Bytes; infinite for a batch, which ends by a command. */
  readonly bytes: number;
  /** Dwords that GVT-g itself has put behind those of the guest. */
  readonly behind?: readonly number[];
}

class Scan {
  readonly #engine: Engine;
  #dwords = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  ring(): Refused | undefined {
    const engine = this.#engine;
    const [head, tail, size] = [headOffset(engine), tailOffset(engine), ringSize(engine)];
    const start = (ringGet(engine, RING.start) & 0xfffff000) >>> 0;
    return this.#buffer({
      level: 'ring',
      space: 'ggtt',
      addressOf: (offset) => start + ((head + offset) % size),
      bytes: (tail + size - head) % size,
    });
  }

  /**
   * The indirect context, which GVT-g scans as a part of the ring, behind it. Its copy has three dwords more: a jump
   * to the per-context batch where there is one.
   */
  setup(): Refused | undefined {
    const indirect = ringGet(this.#engine, RING.indirectContext);
    const lines = indirect & 0x3f;
    if (lines === 0) return undefined;
    const start = (indirect & 0xffffffc0) >>> 0;
    const perContext = ringGet(this.#engine, RING.perContextBatch);
    const target = (perContext & 0xfffff000) >>> 0;
    return this.#buffer({
      level: 'ring',
      space: 'ggtt',
      addressOf: (offset) => start + offset,
      bytes: lines * CACHE_LINE,
      behind: (perContext & 1) !== 0 ? [BATCH_BUFFER_START, target, 0] : [NOOP, NOOP, NOOP],
    });
  }

  /** Level by level; a chain takes the place of the batch that starts it. */
  #buffer(first: Buffer): Refused | undefined {
    let buffer = first;
    for (let offset = 0; offset < endOf(buffer); ) {
      if (this.#dwords >= MOST_DWORDS) return tooLong(buffer, offset);
      const command = this.#commandAt(buffer, offset);
      // What nobody has shown stops the engine when it gets there.
      if (command === undefined) return undefined;
      if ('refusal' in command) return command;
      this.#dwords += command.dwords.length;
      this.#tell(command, offset);
      const refusal = auditCommand(this.#engine, command) ?? auditLevel(command);
      if (refusal !== undefined) return refusedOf(command, refusal);
      // In the ring it has nothing to end: what follows is executed, and so looked at.
      if (command.row.name === 'MI_BATCH_BUFFER_END' && buffer.level !== 'ring') return undefined;
      offset += command.dwords.length * 4;
      if (command.row.name !== 'MI_BATCH_BUFFER_START') continue;
      const started = this.#started(command);
      if (isChain(command)) {
        if (started === undefined) return undefined;
        buffer = started;
        offset = 0;
      } else if (started !== undefined) {
        const refused = this.#buffer(started);
        if (refused !== undefined) return refused;
      }
    }
    return undefined;
  }

  #tell({ row, dwords, level, space, address }: ScannedCommand, offset: number): void {
    const { core, row: engine } = this.#engine;
    if (level === 'context') return;
    const place = { level, space, address, offset: level === 'ring' ? offset : 0 };
    core.listener?.scanned?.({ engine: engine.name, name: row.name, ...place, dwords });
  }

  /** The batch that is looked at next; undefined for user batches, but for engines that are asked for. */
  #started({ dwords, level }: ScannedCommand): Buffer | undefined {
    const header = dwords[0] ?? 0;
    const space = ((header >>> 8) & 1) === 1 ? 'ppgtt' : 'ggtt';
    const { core, row } = this.#engine;
    if (space === 'ppgtt' && !core.state.scanUserBatches.includes(row.name)) {
      return undefined;
    }
    const low = ((dwords[1] ?? 0) & 0xfffffffc) >>> 0;
    const address = ((dwords[2] ?? 0) & 0xffff) * 2 ** 32 + low;
    const same = level === 'ring' ? 'batch' : level;
    return {
      level: isSecondLevel(header) ? 'second-level batch' : same,
      space,
      addressOf: (offset) => address + offset,
      bytes: Number.POSITIVE_INFINITY,
    };
  }

  #commandAt(buffer: Buffer, offset: number): ScannedCommand | Refused | undefined {
    const engine = this.#engine;
    const address = buffer.addressOf(offset);
    const { space } = buffer;
    const header = dwordOf(engine, buffer, offset);
    if (header === undefined) return undefined;
    const row = commandTable(engine.core.config.platform, engine.row.name).find(header);
    if (row === undefined) {
      return {
        command: `${hex(header)} at ${space} ${hex(address)}`,
        address,
        space,
        dwords: [header],
        refusal: refuse('bad request', 'no such command'),
      };
    }
    const dwords = [header];
    for (let index = 1; index < lengthOf(row, header); index++) {
      const dword = dwordOf(engine, buffer, offset + index * 4);
      if (dword === undefined) return undefined;
      dwords.push(dword);
    }
    return { row, dwords, level: buffer.level, space, address };
  }
}

function tooLong({ space, addressOf }: Buffer, offset: number): Refused {
  const address = addressOf(offset);
  return {
    command: `a workload that goes on at ${space} ${hex(address)}`,
    address,
    space,
    dwords: [],
    refusal: refuse('fault', `it has more than ${MOST_DWORDS} dwords`),
  };
}

/** A dword of a buffer: the guest's, or behind those what GVT-g has put there. */
function dwordOf(engine: Engine, buffer: Buffer, offset: number): number | undefined {
  const { space, addressOf, bytes, behind } = buffer;
  if (behind !== undefined && offset >= bytes) return behind[(offset - bytes) / 4];
  return fetchDword(engine, space, addressOf(offset));
}

function endOf({ bytes, behind }: Buffer): number {
  return bytes + (behind?.length ?? 0) * 4;
}

function isSecondLevel(header: number): boolean {
  return ((header >>> 22) & 1) === 1;
}

/** Only a first-level batch may call a second level (gvt-facts §10.2). */
function auditLevel({ row, dwords, level }: ScannedCommand): Refusal | undefined {
  if (row.name !== 'MI_BATCH_BUFFER_START' || !isSecondLevel(dwords[0] ?? 0)) return undefined;
  if (level === 'batch') return undefined;
  const from = level === 'ring' ? 'the ring' : 'a second-level batch';
  return refuse('fault', `a second-level batch from ${from}`);
}

/** A first-level start in a batch does not come back. */
function isChain({ dwords, level }: ScannedCommand): boolean {
  return level !== 'ring' && !isSecondLevel(dwords[0] ?? 0);
}

function refusedOf(command: ScannedCommand, refusal: Refusal): Refused {
  const { address, space, dwords } = command;
  return { command: nameOf(command), address, space, dwords, refusal };
}

function nameOf({ row, space, address }: ScannedCommand): string {
  return `${row.name} at ${space} ${hex(address)}`;
}
