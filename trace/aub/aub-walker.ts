import { DiagnosticList, type TraceDiagnostic } from '../diagnostic.ts';
import { platformOfDevice } from '../intel-platforms.ts';
import type { TraceReader } from '../trace-reader.ts';
import { AubMemory } from './aub-memory.ts';
import { printable } from './aub-reader.ts';
import { PacketKind, packetKind } from './packet-kinds.ts';
import { type PacketConsumer, PacketSplitter } from './packet-splitter.ts';

/** What a file says of the device that it is for. */
export interface AubDevice {
  readonly title: string;
  readonly deviceId: number | undefined;
  readonly platform: string | undefined;
}

/** A context that is given to an engine. */
export interface AubSubmission {
  /** `RCS0`. */
  readonly engine: string;
  /** Lower half of the context descriptor; the context's image begins at its upper 20 bits, in the GGTT. */
  readonly descriptor: number;
  /** As it is at that moment; valid until the listener returns. */
  readonly memory: AubMemory;
}

export interface AubListener {
  device(device: AubDevice): void;
  submitted(submission: AubSubmission): void;
}

/** Submission ports, by engine; four dwords are a submission, of which the last two are the first context's. */
const PORTS: Readonly<Record<number, string>> = {
  8752: 'RCS0',
  74288: 'VCS0',
  115248: 'VCS1',
  107056: 'VECS0',
  139824: 'BCS0',
};

/**
 * Reads an AUB file for what is in memory when contexts are submitted, without making records of it: many times as
 * fast as opening it.
 */
export class AubWalker implements TraceReader {
  readonly #diagnostics = new DiagnosticList();
  readonly #splitter: PacketSplitter;

  constructor(listener: AubListener) {
    this.#splitter = new PacketSplitter(
      new Packets(listener, this.#diagnostics),
      this.#diagnostics,
    );
  }

  push(bytes: Uint8Array): void {
    this.#splitter.push(bytes);
  }

  end(): void {
    this.#splitter.end();
  }

  get diagnostics(): readonly TraceDiagnostic[] {
    return this.#diagnostics.list();
  }
}

class Packets implements PacketConsumer {
  readonly #listener: AubListener;
  readonly #diagnostics: DiagnosticList;
  readonly #memory = new AubMemory();
  /** Packet that first wrote where no memory is; 0 where none did. */
  #firstLost = 0;
  /** What has been written to a port that is not yet a submission. */
  readonly #written = new Map<string, number[]>();

  constructor(listener: AubListener, diagnostics: DiagnosticList) {
    this.#listener = listener;
    this.#diagnostics = diagnostics;
  }

  packet(packet: DataView, number: number, at: number): void {
    const problem = this.#read(packet);
    if (this.#firstLost === 0 && this.#memory.lost > 0) this.#firstLost = number;
    if (problem === undefined) return;
    this.#diagnostics.error(number, `Packet ${number}, at byte ${at}, ${problem}.`);
  }

  end(): void {
    const { lost } = this.#memory;
    if (lost === 0) return;
    const pages = lost === 1 ? '1 page was' : `${lost} pages were`;
    this.#diagnostics.warning(
      this.#firstLost,
      `${pages} written, first by packet ${this.#firstLost}, that have no place in memory.`,
    );
  }

  #read(packet: DataView): string | undefined {
    switch (packetKind(packet)) {
      case PacketKind.memoryWrite:
        return this.#memoryWrite(packet);
      case PacketKind.registerWrite:
        return this.#registerWrite(packet);
      case PacketKind.version:
        this.#describe(printable(packet, 20));
        return undefined;
      case PacketKind.legacyHeader:
        this.#describe(`${printable(packet, 52)} ${printable(packet, 8, 40)}`);
        return undefined;
      case PacketKind.legacyBlock:
        return 'is a block of the older form, whose commands are not decoded';
      default:
        return undefined;
    }
  }

  #describe(text: string): void {
    const ids = /PCI-ID=0x([0-9a-f]{1,4})\b/i.exec(text);
    const deviceId = ids === null ? undefined : Number.parseInt(ids[1] ?? '', 16);
    const title = text.replace(ids?.[0] ?? '', '').trim();
    const platform = deviceId === undefined ? undefined : platformOfDevice(deviceId);
    this.#listener.device({ title, deviceId, platform });
  }

  #memoryWrite(packet: DataView): string | undefined {
    if (packet.byteLength < 20) return 'is too short for a memory write';
    const address = (packet.getUint32(8, true) & 0xffff) * 2 ** 32 + packet.getUint32(4, true);
    const space = packet.getUint32(12, true) >>> 28;
    const count = packet.getUint32(16, true);
    if (count > packet.byteLength - 20) return 'announces more contents than it has';
    return this.#memory.write(space, address, packet, 20, count);
  }

  #registerWrite(packet: DataView): string | undefined {
    if (packet.byteLength < 24) return 'is too short for a register';
    const engine = PORTS[packet.getUint32(4, true)];
    if (engine === undefined) return undefined;
    const words = [...(this.#written.get(engine) ?? []), packet.getUint32(20, true)];
    this.#written.set(engine, words.length < 4 ? words : []);
    const descriptor = words[3];
    if (descriptor === undefined) return undefined;
    this.#listener.submitted({ engine, descriptor, memory: this.#memory });
    return undefined;
  }
}
