/** What a word of a line is for. */
export type WordRole =
  | 'read'
  | 'write'
  /** Begins a line that is no access: `T`, `IRQ`, `mark` … */
  | 'keyword'
  | 'size'
  /** Where an access goes: a number, a register's name, `ggtt[…]`. */
  | 'place'
  /** The name that is defined. */
  | 'label'
  | 'operator'
  | 'value'
  | 'time'
  | 'engine'
  /** `ring@…`, `ggtt:…`, `msi`. */
  | 'where'
  /** Hexadecimal bytes or dwords. */
  | 'bytes'
  /** The first dword of a command. */
  | 'command'
  | 'headerMark'
  | 'headerKey'
  | 'headerValue'
  | 'note'
  /** Text that people read: a mark's, a name in a log. */
  | 'text'
  /** A register as a log calls it. */
  | 'name'
  | 'function'
  | 'comment'
  /** What the grammar has no place for. */
  | 'stray';

/** A part of a line, in UTF-16 units from its start; `end` is the column behind it. */
export interface Word {
  readonly role: WordRole;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function wordAt(words: readonly Word[], column: number): Word | undefined {
  return (
    words.find(({ start, end }) => start <= column && column < end) ??
    words.find(({ end }) => end === column)
  );
}

export function wordOf(words: readonly Word[], ...roles: WordRole[]): Word | undefined {
  return words.find(({ role }) => roles.includes(role));
}
