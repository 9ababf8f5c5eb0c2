import type { ExitStatus } from './exit-status.ts';
import type { Arguments, OptionRow } from './options.ts';
import type { Terminal } from './terminal.ts';

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
  /** It takes no trace, as others do; `run` then gets an empty path. */
  readonly withoutTrace?: boolean;
  /** @throws UsageError, Failure */
  run(trace: string, args: Arguments, terminal: Terminal): Promise<ExitStatus>;
}
