import {
  type CommandTree,
  type FieldValue,
  floatOf,
  looksLikeFloat,
  meaningOf,
  numberOf,
  plainText,
  type StateTree,
} from '../../emulator/index.ts';
import type { Decoded } from './aubinator-text.ts';

/** Adds a command as aubinator's text would show it. */
export function addTree(
  decoded: Decoded,
  { name, address, words, fields, state }: CommandTree,
): void {
  const header = (words[0] ?? 0).toString(16).padStart(8, '0');
  decoded.commands.push(`${address.toString(16)} ${name} ${header}`);
  const lines = fieldLines(fields, address);
  for (const each of state) lines.push(...fieldLines(each.fields, each.address));
  decoded.fields.push(lines.sort());
  decoded.data.push(state.filter(({ kind }) => kind === 'buffer').flatMap(dataOf));
  decoded.kernels.push(state.filter(({ kind }) => kind === 'kernel').map(({ bytes }) => bytes));
}

/**
 * The dword that a field stands under is the one that it ends in; where fields overlap, the last that has been shown,
 * as aubinator does not go back.
 */
function fieldLines(fields: readonly FieldValue[], base: number): string[] {
  let shown = 0;
  return fields.flatMap((field) => {
    const { name, bit, plan, fields: inside } = field;
    shown = Math.max(shown, Math.floor((bit + plan.width - 1) / 32));
    const at = (base + shown * 4).toString(16);
    return [`${at} ${name}: ${textOf(field)}`, ...fieldLines(inside, base)];
  });
}

/** Numbers with six digits behind the point, where they are no integers. */
function textOf(field: FieldValue): string {
  const { row, width } = field.plan;
  const { type } = row;
  const meaning = meaningOf(field);
  if (type === 'float' || type === 'fixed') return numberOf(field).toFixed(6);
  // aubinator shows signed integers without their sign.
  const isNegative = type === 'int' && numberOf(field) < 0;
  const text = isNegative ? String(numberOf(field) + 2 ** width) : plainText(field);
  return meaning === undefined ? text : `${text} (${meaning})`;
}

/** What looks like a number of single precision is shown as one, with two digits. */
function dataOf({ words }: StateTree): number[] {
  return words.map((word) => (looksLikeFloat(word) ? Number(floatOf(word).toFixed(2)) : word));
}
