/** ELSP, the port that takes two context descriptors as four dwords (gvt-facts §6.3): offset from an engine's base. */
const PORT = 0x230;
const PORT_MASK = 0xfff;
/** PVINFO's notification, by which a guest announces page tables (gvt-facts §3): offset in BAR0. */
const NOTIFY = 0x78818;
const BAR0_BYTES = 2 ** 24;
const VALID = 1;
/** Ports of one machine that are remembered. */
const MOST_PORTS = 64;

/** Finds submissions among a hypervisor's accesses. */
export class Submissions {
  readonly #ports = new Map<number, number[]>();

  /** The context images that a write submits, by graphics address; undefined where it submits and announces nothing. */
  written(address: number, value: number): readonly number[] | undefined {
    // Of 48 bits of address the operators see the lower 32, which is enough here.
    if ((address & (BAR0_BYTES - 1)) === NOTIFY) return [];
    if ((address & PORT_MASK) !== PORT) return undefined;
    const dwords = this.#ports.get(address) ?? [];
    if (this.#ports.size >= MOST_PORTS && !this.#ports.has(address)) return undefined;
    dwords.push(value);
    this.#ports.set(address, dwords);
    if (dwords.length < 4) return undefined;
    this.#ports.delete(address);
    const [, second = 0, , first = 0] = dwords;
    return [first, second]
      .filter((descriptor) => (descriptor & VALID) !== 0)
      .map((descriptor) => (descriptor & 0xfffff000) >>> 0);
  }
}
