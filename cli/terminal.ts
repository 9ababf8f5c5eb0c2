import type { Readable } from 'node:stream';
import { ExitStatus } from './exit-status.ts';

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly input: Readable;
  /** Resolves when more can be written; false when nobody reads any more (`vgpu list … | head`). */
  out(text: string): Promise<boolean>;
  /** Messages for people, apart from results. */
  err(text: string): void;
  /** A person watches the messages: what has been shown may be drawn over. */
  readonly isWatched: boolean;
  /** Results go to a terminal, which may be that of the messages. */
  readonly showsResults: boolean;
  /** Results may be coloured: they go to a terminal, and NO_COLOR does not forbid it (no-color.org). */
  readonly hasColours: boolean;
}

/** The terminal of this process. A reader that goes away is not an error. */
export function processTerminal(): Terminal {
  let open = true;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== 'EPIPE') giveUp(error);
  });
  // Nobody is left to be told that messages cannot be shown.
  process.stderr.on('error', () => undefined);
  return {
    input: process.stdin,
    async out(text) {
      if (open && !process.stdout.write(text)) await drained();
      return open;
    },
    err: (text) => void process.stderr.write(text),
    isWatched: process.stderr.isTTY === true,
    showsResults: process.stdout.isTTY === true,
    hasColours: process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '',
  };
}

/** A full disk and the like: the result is lost, and the status has to say so. */
function giveUp(error: Error): void {
  process.stderr.write(`vgpu: the output cannot be written: ${error.message}.\n`);
  process.exit(ExitStatus.failed);
}

/** Where the reader has gone away, `drain` never comes: `error` or `close` do. */
function drained(): Promise<void> {
  const events = ['drain', 'error', 'close'];
  return new Promise((resolve) => {
    const done = () => {
      for (const event of events) process.stdout.off(event, done);
      resolve();
    };
    for (const event of events) process.stdout.on(event, done);
  });
}
