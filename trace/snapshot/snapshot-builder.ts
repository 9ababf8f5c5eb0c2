import type { DiagnosticList } from '../diagnostic.ts';
import type { Snapshot, SnapshotBuffer, SnapshotFact, SnapshotRegister } from './snapshot.ts';

/**
 * Unpacks zlib (RFC 1950), also a stream that is cut off. To throw where it is damaged, or would become longer
 * than `most` bytes.
 */
export type Unpack = (packed: Uint8Array, most: number) => Uint8Array | Promise<Uint8Array>;

const MIB = 2 ** 20;
/** Most bytes that one buffer, and all of a file, may become when they are unpacked. */
const MOST_BUFFER_BYTES = 128 * MIB;
const MOST_BYTES = 256 * MIB;
/** Facts and registers kept: a dump has hundreds. */
const MOST_ENTRIES = 100_000;
/** Buffers kept, of which a dump has dozens: a damaged stream of zlib holds kilobytes until all have been tried. */
const MOST_BUFFERS = 4096;

interface FoundBuffer {
  readonly buffer: SnapshotBuffer;
  readonly isPacked: boolean;
}

/** Collects what a dump shows. */
export class SnapshotBuilder {
  readonly #facts: SnapshotFact[] = [];
  readonly #registers: SnapshotRegister[] = [];
  readonly #buffers: FoundBuffer[] = [];
  #config: Uint8Array | undefined;
  #mmio: Uint8Array | undefined;
  #leftOut = 0;

  addFact(fact: SnapshotFact): void {
    if (this.#facts.length < MOST_ENTRIES) this.#facts.push(fact);
    else this.#leftOut++;
  }

  addRegister(register: SnapshotRegister): void {
    if (this.#registers.length < MOST_ENTRIES) this.#registers.push(register);
    else this.#leftOut++;
  }

  /** `isPacked`: the bytes are a stream of zlib. */
  addBuffer(buffer: SnapshotBuffer, isPacked: boolean): void {
    if (this.#buffers.length < MOST_BUFFERS) this.#buffers.push({ buffer, isPacked });
    else this.#leftOut++;
  }

  setConfig(bytes: Uint8Array): void {
    this.#config = bytes;
  }

  setMmio(bytes: Uint8Array): void {
    this.#mmio = bytes;
  }

  /** The snapshot, its buffers unpacked; undefined where there is nothing in it. */
  async build(
    unpack: Unpack | undefined,
    diagnostics: DiagnosticList,
  ): Promise<Snapshot | undefined> {
    const entries = this.#facts.length + this.#registers.length + this.#buffers.length;
    if (entries === 0 && this.#config === undefined && this.#mmio === undefined) return undefined;
    if (this.#leftOut > 0) {
      diagnostics.warning(
        0,
        `A dump has at most ${MOST_ENTRIES} facts and registers each, and ${MOST_BUFFERS} buffers: ${this.#leftOut} were left out.`,
      );
    }
    const buffers: SnapshotBuffer[] = [];
    let left = MOST_BYTES;
    for (const found of this.#buffers) {
      const buffer = found.isPacked ? await unpacked(found.buffer, unpack, left) : found.buffer;
      left = Math.max(0, left - buffer.bytes.length);
      if (buffer.problem !== undefined) diagnostics.error(buffer.line, buffer.problem);
      buffers.push(buffer);
    }
    return {
      facts: this.#facts,
      registers: this.#registers,
      buffers,
      config: this.#config,
      mmio: this.#mmio,
    };
  }
}

async function unpacked(
  buffer: SnapshotBuffer,
  unpack: Unpack | undefined,
  left: number,
): Promise<SnapshotBuffer> {
  const what = `The contents of ${buffer.engine} ${buffer.name} are`;
  if (unpack === undefined) {
    return empty(buffer, `${what} packed with zlib, which cannot be unpacked here.`);
  }
  const most = Math.min(left, MOST_BUFFER_BYTES);
  if (most === 0) {
    return empty(
      buffer,
      `${what} left out: those before it have the ${MOST_BYTES} bytes that are allowed.`,
    );
  }
  try {
    return { ...buffer, bytes: await unpack(buffer.bytes, most) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return empty(
      buffer,
      `${what} damaged, or become longer than the ${most} bytes that are allowed: ${reason}.`,
    );
  }
}

function empty(buffer: SnapshotBuffer, problem: string): SnapshotBuffer {
  return { ...buffer, bytes: new Uint8Array(0), problem };
}
