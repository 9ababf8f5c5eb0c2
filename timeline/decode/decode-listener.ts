import type { CommandTree, StateTree } from '../../emulator/index.ts';

/** Where the commands that follow stand. */
export interface DecodedRun {
  /** `RCS0 ring at 0x00001000`. */
  readonly title: string;
  readonly engine: string;
  /** Of the recording whose replay executes them. */
  readonly record?: number;
}

/** What a dump says besides commands. */
export interface DecodedFact {
  /** A line of it. */
  readonly text: string;
  readonly engine?: string;
  /** Where it is a register's value: its fields. */
  readonly register?: StateTree;
  /** What the value means, where that is more than fields. */
  readonly remark?: string;
}

/** Who hears of decoded commands, in order. */
export interface DecodeListener {
  run(run: DecodedRun): void;
  /** `depth`: 0 in the ring, 1 in its batches, 2 in second-level batches. */
  command(command: CommandTree, depth: number): void;
  /** Why commands do not go on, or are not shown. */
  note(text: string, depth: number): void;
  fact(fact: DecodedFact): void;
}
