import type { RegisterField } from '../register-directory.ts';
import type { EvalValue } from './value.ts';

export interface FormatOptions {
  /** `x` hex, `d` decimal, `b` binary, `o` octal. Hex with a register's digits if absent. */
  readonly base?: 'x' | 'd' | 'b' | 'o';
  /** Names the value, where the table has a name for it. */
  readonly field?: RegisterField | undefined;
}

/** A value for people: `0x00003001`, `0x1 (enabled)`, `true`, `unknown: memory at 0x2000 has not been shown …`. */
export function format(value: EvalValue, options: FormatOptions = {}): string {
  switch (value.kind) {
    case 'number':
      return numberText(value.value, value.digits, value.decimal === true, options);
    case 'boolean':
      return options.base === undefined ? String(value.value) : value.value ? '1' : '0';
    case 'string':
      return value.value;
    case 'unknown':
      return `unknown: ${value.why}`;
    case 'nothing':
      return '';
  }
}

function numberText(
  value: bigint,
  digits: number,
  decimal: boolean,
  { base, field }: FormatOptions,
): string {
  const meaning = field?.values?.[Number(value >> BigInt(field.shift ?? 0))];
  const name = meaning === undefined ? '' : ` (${meaning})`;
  switch (base ?? (decimal ? 'd' : 'x')) {
    case 'd':
      return `${value}${name}`;
    case 'b':
      return `0b${groupsOfFour(value.toString(2))}${name}`;
    case 'o':
      return `0o${value.toString(8)}${name}`;
    default:
      return `0x${value.toString(16).padStart(digits, '0')}${name}`;
  }
}

/** `1_0010`: twelve ones in a row cannot be counted by eye. */
function groupsOfFour(binary: string): string {
  return binary.replace(/\B(?=(.{4})+$)/g, '_');
}
