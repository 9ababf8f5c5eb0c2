import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { GuestError } from '../guest-error.ts';

/** A text file that is written while a guest runs, packed with gzip where its name ends in .gz. */
export class RecordingFile {
  readonly #path: string;
  readonly #into: NodeJS.WritableStream;
  readonly #done: Promise<void>;
  #problem: unknown;
  #text = '';

  constructor(path: string) {
    this.#path = path;
    const file = createWriteStream(path);
    const gzip = path.endsWith('.gz') ? createGzip() : undefined;
    gzip?.on('error', (error) => file.destroy(error)).pipe(file);
    this.#into = gzip ?? file;
    this.#done = finished(file).catch((error: unknown) => {
      this.#problem = error;
    });
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length < PIECE) return;
    this.#into.write(this.#text);
    this.#text = '';
  }

  /** @throws GuestError where the file could not be written */
  async close(): Promise<void> {
    this.#into.end(this.#text);
    await this.#done;
    if (this.#problem === undefined) return;
    const why = this.#problem instanceof Error ? this.#problem.message : String(this.#problem);
    throw new GuestError(`The recording ${this.#path} could not be written: ${why}.`);
  }
}

const PIECE = 1 << 16;
