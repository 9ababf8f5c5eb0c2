import { RecordKind, SIZE_MASK, VALUE_UNKNOWN } from '../../trace/index.ts';
import type { LineColumns } from './line-columns.ts';

/** The access on a line, the guest's or a command's. Numbers are unsigned; sizes in bytes. */
export interface Access {
  readonly line: number;
  readonly isWrite: boolean;
  /** Made by a command that an engine executed. */
  readonly byCommand: boolean;
  /** Of trace's `Space`. */
  readonly space: number;
  readonly offset: number;
  readonly size: number;
  readonly low: number;
  readonly high: number;
  readonly valueKnown: boolean;
}

function isRead(kind: number): boolean {
  return kind === RecordKind.read || kind === RecordKind.commandRead;
}

function isWrite(kind: number): boolean {
  return kind === RecordKind.write || kind === RecordKind.commandWrite;
}

/** Where the upper half of a line's 64-bit register is; undefined where it is right behind the lower one. */
export function upperOn(columns: LineColumns, line: number): number | undefined {
  return columns.upper[line] || undefined;
}

export function accessOn(columns: LineColumns, line: number): Access | undefined {
  const kind = columns.kind[line] ?? 0;
  if (!isRead(kind) && !isWrite(kind)) return undefined;
  const sizeFlags = columns.sizeFlags[line] ?? 0;
  return {
    line,
    isWrite: isWrite(kind),
    byCommand: kind === RecordKind.commandRead || kind === RecordKind.commandWrite,
    space: columns.space[line] ?? 0,
    offset: columns.offset[line] ?? 0,
    size: sizeFlags & SIZE_MASK,
    low: columns.low[line] ?? 0,
    high: columns.high[line] ?? 0,
    valueKnown: (sizeFlags & VALUE_UNKNOWN) === 0,
  };
}

/** Bytes of one space: `end` is the offset behind the last. */
export interface Place {
  readonly space: number;
  readonly first: number;
  readonly end: number;
}

/** Whether the line holds an access that touches a place. Called for every line of a document. */
export function touches(columns: LineColumns, line: number, { space, first, end }: Place): boolean {
  const kind = columns.kind[line] ?? 0;
  if (!isRead(kind) && !isWrite(kind)) return false;
  if (columns.space[line] !== space) return false;
  const offset = columns.offset[line] ?? 0;
  const size = (columns.sizeFlags[line] ?? 0) & SIZE_MASK;
  const upper = upperOn(columns, line);
  if (upper === undefined) return offset < end && offset + size > first;
  const half = size / 2;
  return (offset < end && offset + half > first) || (upper < end && upper + half > first);
}

/** The last write of a place above a line; undefined where there is none. */
export function lastWrite(columns: LineColumns, below: number, place: Place): number | undefined {
  for (let line = below - 1; line >= 0; line--) {
    if (isWrite(columns.kind[line] ?? 0) && touches(columns, line, place)) return line;
  }
  return undefined;
}
