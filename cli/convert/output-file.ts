import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { cannotWrite } from '../output-path.ts';
import type { Terminal } from '../terminal.ts';

/** Characters that are held back before they are written: one large piece is quicker than many small ones. */
const HELD = 1 << 18;

/** Text on its way to a file, packed where the name ends in .gz; `-` is standard output. */
export class OutputFile {
  readonly #write: (text: string) => Promise<void>;
  readonly #close: () => Promise<void>;
  #parts: string[] = [];
  #length = 0;

  private constructor(write: (text: string) => Promise<void>, close: () => Promise<void>) {
    this.#write = write;
    this.#close = close;
  }

  static open(path: string, terminal: Terminal): OutputFile {
    if (path === '-') {
      return new OutputFile(
        async (text) => void (await terminal.out(text)),
        async () => undefined,
      );
    }
    const file = createWriteStream(path);
    const ended = finished(file).catch((error: Error) => {
      throw cannotWrite(path, error);
    });
    // Whoever closes hears of it; until then it is no unhandled rejection.
    ended.catch(() => undefined);
    const packer = path.endsWith('.gz') ? createGzip() : undefined;
    packer?.pipe(file);
    const target = packer ?? file;
    return new OutputFile(
      async (text) => {
        if (file.destroyed) await ended;
        if (!target.write(text)) {
          await Promise.race([
            new Promise<void>((resolve) => target.once('drain', () => resolve())),
            ended,
          ]);
        }
      },
      async () => {
        target.end();
        await ended;
      },
    );
  }

  /** Takes text; it is written at the next `flush`. */
  readonly emit = (text: string): void => {
    this.#parts.push(text);
    this.#length += text.length;
  };

  /** Writes what has been taken, where it is enough. */
  async flush(least = HELD): Promise<void> {
    if (this.#length < least || this.#length === 0) return;
    const text = this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    await this.#write(text);
  }

  /** @throws Failure where not all could be written */
  async close(): Promise<void> {
    await this.flush(0);
    await this.#close();
  }
}
