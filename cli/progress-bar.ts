import type { Terminal } from './terminal.ts';

/** Milliseconds between drawings. */
const INTERVAL = 100;
const CELLS = 24;
/** Columns that text behind the bar may take, so that the line never wraps. */
const TEXT_COLUMNS = 44;

/** How far long work is, drawn over one line of a terminal; where nobody watches, nothing. */
export class ProgressBar {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #shown = false;

  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
  }

  /** The same terminal for what is written while the bar is there: it goes away before, and is drawn again later. */
  get terminal(): Terminal {
    const terminal = this.#terminal;
    return {
      ...terminal,
      out: (text) => {
        if (terminal.showsResults) this.#erase();
        return terminal.out(text);
      },
      err: (text) => {
        this.#erase();
        terminal.err(text);
      },
    };
  }

  /** `fraction` 0–1; `text` says of what. */
  show(fraction: number, text: string): void {
    const now = this.#now();
    if (!this.#terminal.isWatched || now - this.#drawnAt < INTERVAL) return;
    this.#drawnAt = now;
    this.#shown = true;
    const full = Math.round(Math.min(1, Math.max(0, fraction)) * CELLS);
    const bar = '█'.repeat(full) + '░'.repeat(CELLS - full);
    this.#terminal.err(`\r\x1b[K${bar} ${clipped(text)}`);
  }

  /** Takes the bar away, for what is printed next. */
  clear(): void {
    this.#erase();
    this.#drawnAt = Number.NEGATIVE_INFINITY;
  }

  #erase(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#terminal.err('\r\x1b[K');
  }
}

/** Work with a bar, which goes away however the work ends. */
export async function withBar<T>(
  terminal: Terminal,
  work: (bar: ProgressBar) => Promise<T>,
): Promise<T> {
  const bar = new ProgressBar(terminal);
  try {
    return await work(bar);
  } finally {
    bar.clear();
  }
}

/** The end of a path tells more than its beginning. */
function clipped(text: string): string {
  return text.length <= TEXT_COLUMNS ? text : `…${text.slice(1 - TEXT_COLUMNS)}`;
}
