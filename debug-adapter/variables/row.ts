import type { DataTarget } from '../../timeline/index.ts';
import type { MemoryAddress } from '../memory-reference.ts';

/** One line of the Variables view, before it is a DAP variable. Names are unique among their siblings. */
export interface Row {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  /** What reads it in a watch, and writes it where `settable`. */
  readonly expression?: string;
  readonly settable?: boolean;
  /** What a data breakpoint on it watches. */
  readonly target?: DataTarget;
  /** Opens in the client's memory view. */
  readonly memory?: MemoryAddress;
  readonly children?: Container;
  /** Shown only when asked for. Has one child, which then takes its place. */
  readonly lazy?: boolean;
  /** What setting it does where it is no expression. */
  readonly assign?: (text: string) => Promise<void>;
}

/** Something that can be opened. */
export interface Container {
  /** Children with names of their own. */
  readonly rows?: () => Promise<readonly Row[]>;
  /** Numbered children, which can be many: they are asked for by page. */
  readonly indexed?: IndexedRows;
}

export interface IndexedRows {
  readonly count: number;
  rows(start: number, count: number): Promise<readonly Row[]>;
  /** Number of the child with this name; undefined where there is none. */
  indexOf(name: string): number | undefined;
}

/** A container whose children are at hand. */
export function listOf(rows: readonly Row[]): Container {
  return { rows: async () => rows };
}
