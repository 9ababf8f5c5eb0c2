import { MMIO_SIZE } from './mmio/register-map.ts';
import { capabilitiesIn } from './pci/capabilities.ts';
import type { CapabilityPlace } from './pci/capability-rows.ts';
import { Constant } from './state/constant.ts';
import { hashWords, StateHasher } from './state/hash.ts';

/** What is known of a host's GPU. */
export interface HostImage {
  /** BAR0 from offset 0 on; bytes behind 2 MiB do not count. */
  readonly mmio?: Uint8Array | undefined;
  /** Single registers, which win: BAR0 offset of a dword, unsigned 32-bit value. Those that fit no dword do not count. */
  readonly registers?: readonly { readonly offset: number; readonly value: number }[];
  /** PCI configuration space from offset 0 on. */
  readonly config?: Uint8Array | undefined;
}

/**
 * What the host's GPU held when GVT-g was loaded: registers and configuration space of a vGPU start as a copy of it,
 * and a full reset brings them back (gvt-facts §1.1, §12). Never changes after it was made.
 */
export class GoldenState extends Constant {
  /** PCI configuration space; undefined where nothing is known of it. */
  readonly config: Uint8Array | undefined;
  /** Where the host's capabilities are; undefined without configuration space. */
  readonly capabilities: readonly CapabilityPlace[] | undefined;
  /** Registers that are known, in dwords. */
  readonly count: number;
  readonly #values = new Uint32Array(MMIO_SIZE / 4);
  /** By dword: 1 where `#values` has what the host held. */
  readonly #given = new Uint8Array(MMIO_SIZE / 4);
  #digest: string | undefined;

  constructor({ mmio, registers = [], config }: HostImage) {
    super();
    if (mmio !== undefined) this.#take(mmio);
    for (const { offset, value } of registers) this.#put(offset, value);
    this.count = this.#given.reduce((sum, given) => sum + given, 0);
    this.config = config?.slice();
    this.capabilities = config && capabilitiesIn(config);
  }

  /** Whether the host's value of the dword at `offset` is known. */
  gives(offset: number): boolean {
    return this.#given[offset >>> 2] === 1;
  }

  /** The host's value of the dword at `offset`, unsigned; undefined where it is not known. */
  register(offset: number): number | undefined {
    return this.gives(offset) ? this.#values[offset >>> 2] : undefined;
  }

  get digest(): string {
    this.#digest ??= this.#hash();
    return this.#digest;
  }

  #take(mmio: Uint8Array): void {
    const view = new DataView(mmio.buffer, mmio.byteOffset, mmio.length);
    const end = Math.min(mmio.length - 3, MMIO_SIZE);
    for (let at = 0; at < end; at += 4) this.#put(at, view.getUint32(at, true));
  }

  #put(offset: number, value: number): void {
    if (offset < 0 || offset >= MMIO_SIZE || offset % 4 !== 0) return;
    this.#values[offset >>> 2] = value;
    this.#given[offset >>> 2] = 1;
  }

  #hash(): string {
    const hasher = new StateHasher();
    for (const word of hashWords(this.#values)) hasher.word(word);
    for (const byte of this.#given) hasher.word(byte);
    hasher.word(this.config?.length ?? 0);
    for (const byte of this.config ?? []) hasher.word(byte);
    return hasher.digest();
  }
}
