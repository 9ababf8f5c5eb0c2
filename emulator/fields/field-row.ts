/** A command, a structure in memory or a register: what its bits are called. */
export interface GroupRow {
  readonly kind: 'instruction' | 'struct' | 'register';
  /** Intel's name. */
  readonly name: string;
  /** Dwords; 0 for a command that has no usual length. */
  readonly length: number;
  /** Of a command: bits 31:16 of dword 0, and which of them tell it from others. */
  readonly opcode: number;
  readonly mask: number;
  /** Of a command: what is added to its length field; its only length where it has no such field. */
  readonly bias: number;
  /** Of a command: first letters of render, compute, video, blitter; all where empty. */
  readonly engines: string;
  /** Of a register: BAR0 offset. */
  readonly offset: number;
  readonly members: readonly (FieldRow | ArrayRow)[];
}

/** `reserved` must be zero or one. `struct` has fields of its own. */
export type FieldType =
  | 'uint'
  | 'int'
  | 'bool'
  | 'float'
  | 'fixed'
  | 'address'
  | 'offset'
  | 'struct'
  | 'reserved';

/** A field. Bits are counted from bit 0 of dword 0 of the group, or of the array's element that it is in. */
export interface FieldRow {
  readonly name: string;
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
  readonly type: FieldType;
  /** Of a fixed-point number: bits behind the point. */
  readonly fraction: number;
  readonly isSigned: boolean;
  /** Name of the structure, where the type is one. */
  readonly struct: string | undefined;
  /** Names of values. */
  readonly values: ReadonlyMap<number, string> | undefined;
}

/** Members that come again. */
export interface ArrayRow {
  /** 0: as often as there is room. */
  readonly count: number;
  /** Bit of the first element, and bits from one to the next. */
  readonly start: number;
  readonly size: number;
  readonly members: readonly (FieldRow | ArrayRow)[];
}

export function isArray(member: FieldRow | ArrayRow): member is ArrayRow {
  return 'members' in member;
}
