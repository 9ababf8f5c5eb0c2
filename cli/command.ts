import type { ExitStatus } from './exit-status.ts';
import type { Arguments, OptionRow } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface Operands {
  /** In the usage: `A B`, `[GLOB...]`. */
  readonly usage: string;
  readonly least: number;
  readonly most: number;
  /** A sentence for command lines with too few of them. */
  readonly missing: string;
}

/** What `vgpu NAME …` does. */
export interface Command {
  readonly name: string;
  /** For the list of commands. */
  readonly summary: string;
  /** Paragraphs of `--help` below the usage. */
  readonly details: string;
  readonly options: readonly OptionRow[];
  /** It takes several traces; all of them are in the arguments' positionals. */
  readonly severalTraces?: boolean;
  /** What it takes instead of one trace; `run` then gets the first of them, or an empty path. */
  readonly operands?: Operands;
  /** It takes no trace, as others do; `run` then gets an empty path. */
  readonly withoutTrace?: boolean;
  /** @throws UsageError, Failure */
  run(trace: string, args: Arguments, terminal: Terminal): Promise<ExitStatus>;
}
