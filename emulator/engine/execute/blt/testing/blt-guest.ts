import { EngineGuest, USER_BATCH } from '../../../../testing/engine-guest.ts';

const PAGE = 4096;
const FIRST_PAGE = 16;
const PAGES = 32;
/** Guest physical pages behind the area lie apart, so that a run over two of them shows. */
const PHYSICAL = 0x5000_0000;
const APART = 3 * PAGE;
const CONTROL = 0x22200;

/** Graphics address, in the PPGTT, of an area of known memory. */
export const AREA = USER_BATCH + FIRST_PAGE * PAGE;
export const AREA_BYTES = PAGES * PAGE;

/** A guest of the blitter, with an area of graphics memory to draw in. */
export class BltGuest extends EngineGuest {
  readonly #context;

  constructor(bytes: Uint8Array = new Uint8Array(AREA_BYTES)) {
    super({ base: 0x22000 });
    for (let page = 0; page < PAGES; page++) {
      this.mapUser(FIRST_PAGE + page, PHYSICAL + page * APART);
      const part = bytes.subarray(page * PAGE, (page + 1) * PAGE);
      this.vgpu.showMemory(PHYSICAL + page * APART, part);
    }
    this.#context = this.context();
  }

  /** Which tiled operands have Y tiles. */
  tileY(source: boolean, destination: boolean): void {
    this.w(CONTROL, (0x30000 | (source ? 1 : 0) | (destination ? 2 : 0)) >>> 0);
  }

  /** Executes commands in a batch, as drivers send them. */
  blit(...dwords: number[]): void {
    this.userBatch([...dwords, 0x05000000]);
    const start = [0x18800101, USER_BATCH % 2 ** 32, Math.floor(USER_BATCH / 2 ** 32)];
    this.run(this.#context, [...start, 0]);
  }

  /** The area as it is now. */
  area(): Uint8Array {
    const bytes = new Uint8Array(AREA_BYTES);
    for (let at = 0; at < AREA_BYTES; at++) {
      const page = Math.floor(at / PAGE);
      bytes[at] = this.vgpu.core.memory.byte(PHYSICAL + page * APART + (at % PAGE));
    }
    return bytes;
  }
}

/** An address in the area as two dwords. */
export function areaAddress(offset = 0): [number, number] {
  return [(AREA + offset) % 2 ** 32, Math.floor((AREA + offset) / 2 ** 32)];
}

/** Corners as commands have them. */
export function corner(x: number, y: number): number {
  return (((y & 0xffff) << 16) | (x & 0xffff)) >>> 0;
}
