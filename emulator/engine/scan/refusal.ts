import type { CommandRow } from '../../command/command-row.ts';

/**
 * Why GVT-g does not let a command pass (gvt-facts §10.5). `bad request` and `fault` put the guest into failsafe;
 * `not permitted` makes this submission fail only.
 */
export type RefusalClass = 'bad request' | 'fault' | 'not permitted';

export interface Refusal {
  readonly kind: RefusalClass;
  /** What is wrong, with names and values. */
  readonly why: string;
}

/** What was refused, and why. */
export interface Refused {
  /** With its place, for people. */
  readonly command: string;
  /** Graphics address, and whose page tables it goes through. */
  readonly address: number;
  readonly space: 'ggtt' | 'ppgtt';
  readonly dwords: readonly number[];
  readonly refusal: Refusal;
}

/** A command in a buffer that is scanned. */
export interface ScannedCommand {
  readonly row: CommandRow;
  readonly dwords: readonly number[];
  readonly level: 'ring' | 'batch' | 'second-level batch' | 'context';
  readonly space: 'ggtt' | 'ppgtt';
  /** Graphics address. */
  readonly address: number;
}

export function refuse(kind: RefusalClass, why: string): Refusal {
  return { kind, why };
}
