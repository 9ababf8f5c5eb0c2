import type { DiagnosticList } from '../diagnostic.ts';
import type { TraceReader } from '../trace-reader.ts';
import { PREFIX_BYTES, packetBytes } from './packet-kinds.ts';

/** What a format does with its packets. */
export interface PacketConsumer {
  /** A whole packet; `number` counts from 1, `at` is the byte of the file where it starts. */
  packet(packet: DataView, number: number, at: number): void;
  end(): void;
}

/** Largest packet that is read: no writer makes one of more than a few megabytes. */
const MOST_PACKET_BYTES = 2 ** 26;

/** Cuts a stream into packets. Only a packet that lies across two pieces of the stream is copied. */
export class PacketSplitter implements TraceReader {
  readonly #consumer: PacketConsumer;
  readonly #diagnostics: DiagnosticList;
  #carry = new Uint8Array(4096);
  #carried = 0;
  #number = 0;
  /** Byte of the file at which the packet starts that is being put together. */
  #at = 0;
  #stopped = false;

  constructor(consumer: PacketConsumer, diagnostics: DiagnosticList) {
    this.#consumer = consumer;
    this.#diagnostics = diagnostics;
  }

  push(bytes: Uint8Array): void {
    let from = 0;
    while (!this.#stopped && from < bytes.length) {
      if (this.#carried > 0) {
        from += this.#complete(bytes, from);
        continue;
      }
      const rest = bytes.length - from;
      const size = rest < PREFIX_BYTES ? 0 : this.#sizeOf(bytes, from);
      if (this.#stopped) return;
      if (size === 0 || size > rest) {
        this.#keep(bytes, from, bytes.length);
        return;
      }
      this.#hand(bytes, from, size);
      from += size;
    }
  }

  end(): void {
    // A short last packet can be smaller than the longest prefix.
    if (!this.#stopped && this.#carried >= 4) {
      const size = packetBytes(viewOf(this.#carry, 0, this.#carried));
      if (size > 0 && size <= this.#carried) {
        const rest = this.#carry.slice(size, this.#carried);
        this.#hand(this.#carry, 0, size);
        this.#carried = 0;
        this.push(rest);
        this.end();
        return;
      }
    }
    if (!this.#stopped && this.#carried > 0) {
      this.#diagnostics.error(
        0,
        `The file ends within packet ${this.#number + 1}, at byte ${this.#at + this.#carried}; that packet is left out.`,
      );
    }
    this.#consumer.end();
  }

  /** Adds to the packet that was begun in an earlier piece; returns how many bytes were taken. */
  #complete(bytes: Uint8Array, from: number): number {
    const size =
      this.#carried < PREFIX_BYTES ? PREFIX_BYTES : this.#sizeOf(this.#carry, 0, this.#carried);
    if (this.#stopped) return 0;
    const missing = size - this.#carried;
    const taken = Math.min(missing, bytes.length - from);
    if (taken > 0) this.#keep(bytes, from, from + taken);
    if (this.#carried < PREFIX_BYTES) return taken;
    const whole = this.#sizeOf(this.#carry, 0, this.#carried);
    if (this.#stopped || this.#carried < whole) return taken;
    // Short packets: what was read beyond the packet's end is the beginning of the next one.
    const rest = this.#carry.slice(whole, this.#carried);
    this.#carried = 0;
    this.#hand(this.#carry, 0, whole);
    if (rest.length > 0) this.#keep(rest, 0, rest.length);
    return taken;
  }

  #sizeOf(bytes: Uint8Array, at: number, end = bytes.length): number {
    const size = packetBytes(viewOf(bytes, at, end));
    if (size > 0 && size <= MOST_PACKET_BYTES) return size;
    this.#stopped = true;
    const why =
      size > MOST_PACKET_BYTES ? `says that it has ${size} bytes` : 'does not begin like a packet';
    this.#diagnostics.error(
      0,
      `Packet ${this.#number + 1}, at byte ${this.#at}, ${why}: reading ends there, what comes before is shown.`,
    );
    return 0;
  }

  #hand(bytes: Uint8Array, at: number, size: number): void {
    this.#consumer.packet(viewOf(bytes, at, at + size), ++this.#number, this.#at);
    this.#at += size;
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    const length = this.#carried + to - from;
    if (length > this.#carry.length) {
      const larger = new Uint8Array(Math.max(length, this.#carry.length * 2));
      larger.set(this.#carry.subarray(0, this.#carried));
      this.#carry = larger;
    }
    this.#carry.set(bytes.subarray(from, to), this.#carried);
    this.#carried = length;
  }
}

function viewOf(bytes: Uint8Array, start: number, end: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
}
