import type { Core } from '../core.ts';

/** Five data registers follow the control register. */
export const AUX_MESSAGE_BYTES = 20;

/** The message in a channel's data registers, first byte in bits 31:24 of the first (gvt-facts §8). */
export class AuxMessage {
  readonly #core: Core;
  readonly #data: number;
  /** Bytes that the source sends, from the control register's size field; 0–31. */
  readonly size: number;
  /** 4 bits: 8 native write, 9 native read, else I2C. */
  readonly operation: number;
  /** 20 bits. */
  readonly address: number;
  /** Bytes of payload asked for, 1–256. */
  readonly length: number;

  constructor(core: Core, control: number, size: number) {
    this.#core = core;
    this.#data = control + 4;
    this.size = size;
    const header = core.registers.get(this.#data);
    this.operation = header >>> 28;
    this.address = (header >>> 8) & 0xfffff;
    this.length = (header & 0xff) + 1;
  }

  /** Byte `index` of the message, 0–19. */
  byte(index: number): number {
    const word = this.#core.registers.get(this.#data + (index & ~3));
    return (word >>> (24 - (index & 3) * 8)) & 0xff;
  }

  /** Data register `index`, 0–4. */
  setWord(index: number, value: number): void {
    this.#core.registers.set(this.#data + index * 4, value);
  }

  /** All five data registers. */
  setReply(bytes: Uint8Array): void {
    for (let word = 0; word < AUX_MESSAGE_BYTES / 4; word++) {
      let value = 0;
      for (let i = 0; i < 4; i++) value = (value << 8) | (bytes[word * 4 + i] ?? 0);
      this.setWord(word, value);
    }
  }
}
