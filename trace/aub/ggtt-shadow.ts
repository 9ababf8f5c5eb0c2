const PAGE = 4096;
/** Bits of an entry that are the frame's address (gvt-facts §5.1). */
const FRAME_LOW = 0xfffff000;
const FRAME_HIGH = 0x3fff;

/** The GGTT as a file writes it: where graphics addresses lie in memory. */
export class GgttShadow {
  readonly #frames = new Map<number, number>();

  /** Entry for the graphics page `page`. */
  set(page: number, low: number, high: number): void {
    const frame = (low & FRAME_LOW) >>> 0;
    if ((low & 1) === 0) this.#frames.delete(page);
    else this.#frames.set(page, (high & FRAME_HIGH) * 2 ** 32 + frame);
  }

  /** Physical address; undefined where no entry is present. */
  translate(address: number): number | undefined {
    const frame = this.#frames.get(Math.floor(address / PAGE));
    return frame === undefined ? undefined : frame + (address % PAGE);
  }
}
