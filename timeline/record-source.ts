/**
 * What folds and the listing ask of a trace: records by number, from 0. `TraceStore` is one. Kinds and spaces are
 * the numbers of `RecordKind` and `Space`.
 */
export interface RecordSource {
  readonly length: number;
  kind(record: number): number;
  space(record: number): number;
  /** Bytes. */
  size(record: number): number;
  offset(record: number): number;
  low(record: number): number;
  high(record: number): number;
  /** False where the recording does not say what was read or written. */
  valueKnown(record: number): boolean;
  /** Where the upper half of a 64-bit register is, where that is not right behind the lower one: in dumps. */
  upperOffset?(record: number): number | undefined;
  /** Which way an access outside of the device went; undefined where that is not known. */
  direction?(record: number): 'read' | 'write' | undefined;
  /** Nanoseconds since the recording's zero. */
  timeNs(record: number): number;
  /** The driver's call stack, innermost function first; empty where the recording has none. */
  stack(record: number): readonly string[];
  /** What the line says besides numbers: a note's text, a command's dwords. */
  text(record: number): string;
}
