import { platformOfDevice } from '../intel-platforms.ts';
import { RecordKind, Space } from '../record.ts';
import { VALUE_UNKNOWN } from '../store/chunk.ts';
import { packKind } from '../store/store-writer.ts';
import { hex } from '../text/numbers.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { readBlock } from './legacy-block.ts';
import { MemoryWrites } from './memory-writes.ts';
import { PacketKind, packetBytes, packetKind } from './packet-kinds.ts';
import { type PacketConsumer, PacketSplitter } from './packet-splitter.ts';

const READ = packKind(RecordKind.read, Space.mmio);
const WRITE = packKind(RecordKind.write, Space.mmio);
/** BAR0: a register beyond it is none. */
const BAR0_BYTES = 2 ** 24;
const PVINFO = 0x78000;
/** Bytes of an access by the size field of a register packet. */
const SIZES = [1, 2, 4, 8] as const;
/** Register spaces but memory-mapped ones have no register that the device knows. */
const MMIO_SPACE = 0;

/** All graphics addresses, and as many fences as a vGPU can have: a file that makes its own GGTT shares it with nobody. */
const WHOLE_GPU = {
  mappableBase: 0,
  mappableSize: 0x10000000,
  hiddenBase: 0x10000000,
  hiddenSize: 0xf0000000,
  fences: 16,
} as const;

export function scoreAub(head: Uint8Array): number {
  if (head.length < 8) return 0;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const kind = packetKind(view);
  const first = packetBytes(view);
  if (first === 0 || (kind !== PacketKind.version && kind !== PacketKind.legacyHeader)) return 0;
  if (first + 4 > head.length) return 0.6;
  return packetBytes(new DataView(head.buffer, head.byteOffset + first)) > 0 ? 1 : 0.4;
}

/** Reader of AUB files, as Mesa's and IGT's tools write them: memory, GGTT entries and register writes in order. */
export function createAubReader(target: ReaderTarget): TraceReader {
  return new PacketSplitter(new AubPackets(target), target.diagnostics);
}

class AubPackets implements PacketConsumer {
  readonly #target: ReaderTarget;
  readonly #memory: MemoryWrites;
  /** Kinds of packets that are passed over: how many, and which came first. */
  readonly #unknown = new Map<number, { count: number; readonly first: number }>();

  constructor(target: ReaderTarget) {
    this.#target = target;
    this.#memory = new MemoryWrites(target);
  }

  packet(packet: DataView, number: number, at: number): void {
    const problem = this.#read(packet, number);
    if (problem === undefined) return;
    this.#target.diagnostics.error(number, `Packet ${number}, at byte ${at}, ${problem}.`);
  }

  end(): void {
    this.#memory.report();
    for (const [kind, { count, first }] of this.#unknown) {
      const others = count === 1 ? '' : ` So were ${count - 1} more of its kind.`;
      this.#target.diagnostics.warning(
        first,
        `Packet ${first}, of opcode ${hex(kind >>> 8)}, sub-opcode ${hex(kind & 0xff)}, is not known and was passed over.${others}`,
      );
    }
  }

  #read(packet: DataView, number: number): string | undefined {
    const kind = packetKind(packet);
    switch (kind) {
      case PacketKind.version:
        return this.#version(packet, number);
      case PacketKind.memoryWrite:
        return this.#memoryWrite(packet, number);
      case PacketKind.registerWrite:
        return this.#register(packet, number, true);
      case PacketKind.registerPoll:
        return this.#register(packet, number, false);
      case PacketKind.memoryPoll:
        return this.#memoryPoll(packet, number);
      case PacketKind.legacyHeader:
        return this.#legacyHeader(packet, number);
      case PacketKind.legacyBlock:
        return readBlock(packet, number, this.#memory, (text) => this.#note(text, number));
      case PacketKind.comment:
        this.#note(printable(packet, 4), number);
        return undefined;
      case PacketKind.legacyBitmap:
        this.#note('a picture is dumped here', number);
        return undefined;
      default:
        this.#passOver(kind, number);
        return undefined;
    }
  }

  #passOver(kind: number, number: number): void {
    const known = this.#unknown.get(kind);
    if (known !== undefined) known.count++;
    else if (this.#unknown.size < 64) this.#unknown.set(kind, { count: 1, first: number });
  }

  /** Dwords: header, file version, device, two of tool version, then text: `PCI-ID=0x1912 name`. */
  #version(packet: DataView, number: number): string | undefined {
    if (packet.byteLength < 20) return 'is too short for a version';
    this.#describe(printable(packet, 20));
    this.#greet(number);
    return undefined;
  }

  /** Dwords: header, version, eight of name, two of time, length of a comment, comment. */
  #legacyHeader(packet: DataView, number: number): string | undefined {
    if (packet.byteLength < 52) return 'is too short for a header';
    this.#describe(`${printable(packet, 52)} ${printable(packet, 8, 40)}`);
    this.#greet(number);
    return undefined;
  }

  /** A vGPU serves only guests that know what it is (gvt-facts §3): a file is played by one that does. */
  #greet(number: number): void {
    this.#note('stands for whoever plays the file: it asks for PVINFO, as guests must', number);
    this.#target.store.append(READ, 8 | VALUE_UNKNOWN, PVINFO, 0, number);
  }

  #describe(text: string): void {
    const { device } = this.#target;
    const ids = /PCI-ID=0x([0-9a-f]{1,4})\b/i.exec(text);
    const title = text.replace(ids?.[0] ?? '', '').trim();
    if (title !== '') device.set({ title });
    device.setPartition(WHOLE_GPU);
    if (ids === null) return;
    const deviceId = Number.parseInt(ids[1] ?? '', 16);
    device.set({ vendorId: 0x8086, deviceId });
    const platform = platformOfDevice(deviceId);
    if (platform !== undefined) device.set({ platform });
  }

  /** Dwords: header, address in two, space in the uppermost bits, count of bytes, contents. */
  #memoryWrite(packet: DataView, number: number): string | undefined {
    if (packet.byteLength < 20) return 'is too short for a memory write';
    const low = packet.getUint32(4, true);
    const high = packet.getUint32(8, true);
    const space = packet.getUint32(12, true) >>> 28;
    const count = packet.getUint32(16, true);
    if (count > packet.byteLength - 20) {
      return `announces ${count} bytes of contents and has ${packet.byteLength - 20}`;
    }
    return this.#memory.write(space, high * 2 ** 32 + low, packet, 20, count, number);
  }

  /** Dwords: header, offset, size and space, mask in two, value in one or two. */
  #register(packet: DataView, number: number, isWrite: boolean): string | undefined {
    if (packet.byteLength < 24) return 'is too short for a register';
    const offset = packet.getUint32(4, true);
    const flags = packet.getUint32(8, true);
    const size = SIZES[(flags >>> 16) & 3] ?? 4;
    const mask = packet.getUint32(12, true);
    const value = packet.getUint32(20, true);
    if (flags >>> 28 !== MMIO_SPACE || offset + size > BAR0_BYTES) {
      const access = isWrite ? `= ${hex(value)}` : 'is polled';
      this.#note(
        `register ${hex(offset)} of space ${flags >>> 28} ${access}: not replayed`,
        number,
      );
      return undefined;
    }
    const { store } = this.#target;
    if (!isWrite) {
      // What the tool reads until it fits; what it read is not in the file.
      this.#note(`wait until register ${hex(offset)} & ${hex(mask)} = ${hex(value)}`, number);
      store.append(READ, size | VALUE_UNKNOWN, offset, 0, number);
      return undefined;
    }
    store.append(WRITE, size, offset, value, number);
    if (size === 8 && packet.byteLength >= 28) store.setHigh(packet.getUint32(24, true));
    return undefined;
  }

  #memoryPoll(packet: DataView, number: number): string | undefined {
    if (packet.byteLength < 16) return 'is too short for a memory poll';
    const address = packet.getUint32(8, true) * 2 ** 32 + packet.getUint32(4, true);
    this.#note(`wait for memory at ${hex(address)}`, number);
    return undefined;
  }

  #note(text: string, number: number): void {
    const bytes = encodeUtf8(text);
    this.#target.store.appendNote(bytes, 0, bytes.length, number);
  }
}

/** Text up to its first NUL. */
export function printable(packet: DataView, from: number, to = packet.byteLength): string {
  const bytes = new Uint8Array(packet.buffer, packet.byteOffset, packet.byteLength);
  const nul = bytes.indexOf(0, from);
  return decodeUtf8(bytes, from, nul < 0 ? to : Math.min(nul, to)).trim();
}
