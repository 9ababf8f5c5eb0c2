import type { TextLine } from '../text/line-text.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { decodeAscii85 } from './ascii85.ts';

/** Most bytes that a buffer shown in plain dwords may have. */
const MOST_PLAIN_BYTES = 2 ** 27;

interface Opened {
  readonly engine: string;
  readonly name: string;
  readonly address: number;
  readonly line: number;
}

/** Contents of memory: each is announced by a line of its own, and stands on the lines after that. */
export class ErrorStateBuffers {
  readonly #target: ReaderTarget;
  #opened: Opened | undefined;
  #plain = new Uint8Array(4096);
  #length = 0;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  open(engine: string, name: string, address: number, line: number): void {
    this.close();
    this.#opened = { engine, name, address, line };
  }

  get isOpen(): boolean {
    return this.#opened !== undefined;
  }

  /** A line of base85, behind its mark. */
  packed(line: TextLine, isZlib: boolean): void {
    const opened = this.#opened;
    if (opened === undefined) return;
    this.#opened = undefined;
    const { bytes, problem } = decodeAscii85(line.bytes, line.start + 1, line.end);
    if (problem === undefined) {
      this.#target.snapshot.addBuffer({ ...opened, bytes }, isZlib);
      return;
    }
    // What is left of a stream still unpacks up to where it was cut.
    const sentence = `The contents of ${opened.engine} ${opened.name} are ${problem}: what comes before is shown.`;
    this.#target.diagnostics.error(line.number, sentence);
    this.#target.snapshot.addBuffer({ ...opened, bytes }, isZlib);
  }

  /** `OFFSET :  DWORD` of old kernels. */
  dword(offset: number, value: number, line: number): boolean {
    if (this.#opened === undefined) return false;
    if (offset !== this.#length || offset + 4 > MOST_PLAIN_BYTES) {
      this.#target.diagnostics.error(
        line,
        `The dword at 0x${offset.toString(16)} does not follow the one before it: 0x${this.#length.toString(16)} was expected. It is left out.`,
      );
      return true;
    }
    if (this.#length + 4 > this.#plain.length) {
      const larger = new Uint8Array(this.#plain.length * 2);
      larger.set(this.#plain);
      this.#plain = larger;
    }
    for (let i = 0; i < 4; i++) this.#plain[this.#length++] = (value >>> (8 * i)) & 0xff;
    return true;
  }

  /** What follows is no part of the buffer any more. */
  close(): void {
    const opened = this.#opened;
    if (opened !== undefined) {
      const bytes = this.#plain.slice(0, this.#length);
      this.#target.snapshot.addBuffer({ ...opened, bytes }, false);
    }
    this.#opened = undefined;
    this.#length = 0;
  }
}
