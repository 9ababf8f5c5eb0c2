import { describeConfigSpace } from '../config-space.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { crc32 } from './crc32.ts';

/** `vGTvGTvG`: GVT-g's magic number (gvt-facts §3, §12.5). */
const MAGIC = [0x76, 0x47, 0x54, 0x76, 0x47, 0x54, 0x76, 0x47];
/** magic, CRC-32, version, sizes and offsets of configuration space and registers (firmware.c). */
const HEADER_BYTES = 48;
const CRC_END = 12;
/** Configuration space of 4 KiB and registers of 2 MiB, and some room. */
const MOST_BYTES = 2 ** 24;

export function scoreGoldenState(head: Uint8Array): number {
  return MAGIC.every((byte, at) => head[at] === byte) ? 1 : 0;
}

/** Reader of `golden_hw_state`, the registers of a host's GPU from which GVT-g makes those of its vGPUs. */
export function createGoldenStateReader(target: ReaderTarget): TraceReader {
  return new GoldenState(target);
}

class GoldenState implements TraceReader {
  readonly #target: ReaderTarget;
  #bytes = new Uint8Array(2 ** 16);
  #length = 0;
  #isTooLong = false;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  push(bytes: Uint8Array): void {
    if (this.#length + bytes.length > MOST_BYTES) {
      this.#isTooLong = true;
      return;
    }
    if (this.#length + bytes.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + bytes.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  end(): void {
    const { diagnostics, snapshot } = this.#target;
    const bytes = this.#bytes.subarray(0, this.#length);
    if (this.#isTooLong) {
      diagnostics.error(
        0,
        `A golden state has at most ${MOST_BYTES} bytes; the rest was left out.`,
      );
    }
    if (scoreGoldenState(bytes) === 0 || bytes.length < HEADER_BYTES) {
      diagnostics.error(
        0,
        `This is no golden state: at byte 0 a header of ${HEADER_BYTES} bytes with GVT-g’s magic number was expected.`,
      );
      return;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const version = view.getUint32(12, true);
    if (version !== 0) {
      diagnostics.warning(
        0,
        `Version ${version} of the format (byte 12) is not known; it is read as 0.`,
      );
    }
    const sum = view.getUint32(8, true);
    const expected = crc32(bytes, CRC_END);
    if (sum !== expected) {
      diagnostics.warning(
        0,
        `The checksum at byte 8 is 0x${sum.toString(16)}, and the contents have 0x${expected.toString(16)}: the file was changed, or cut off.`,
      );
    }
    this.#fact('version', String(version));
    this.#fact(
      'checksum',
      `0x${sum.toString(16)}${sum === expected ? '' : ', not of these contents'}`,
    );
    const config = this.#part(view, 16, 'configuration space');
    const mmio = this.#part(view, 32, 'registers');
    if (config !== undefined) {
      snapshot.setConfig(config);
      describeConfigSpace(config, this.#target.device);
    }
    if (mmio !== undefined) snapshot.setMmio(mmio);
  }

  /** A size and an offset of 64 bits each, at `at`. */
  #part(view: DataView, at: number, what: string): Uint8Array | undefined {
    const [size, offset] = [at, at + 8].map(
      (place) => view.getUint32(place, true) + view.getUint32(place + 4, true) * 2 ** 32,
    );
    if (size === undefined || offset === undefined) return undefined;
    if (offset < HEADER_BYTES || offset + size > this.#length) {
      this.#target.diagnostics.error(
        0,
        `The header (byte ${at}) puts ${what} at bytes ${offset} to ${offset + size} of a file of ${this.#length}; they were left out.`,
      );
      return undefined;
    }
    this.#fact(what, `${size} bytes, from byte ${offset} on`);
    return this.#bytes.slice(offset, offset + size);
  }

  #fact(key: string, value: string): void {
    this.#target.snapshot.addFact({ key, value, line: 0 });
  }
}
