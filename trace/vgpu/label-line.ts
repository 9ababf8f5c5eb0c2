import type { RegisterNames } from '../register-names.ts';
import { quote, type TextLine } from '../text/line-text.ts';
import { parseNumber } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { labelFormProblem, parseLabelled } from './labels.ts';

/** How such a line looks, for messages. */
export const LABEL_SHAPE = 'label NAME NUMBER';

/** Reads what stands behind `label`, given as words: false where it has not the shape, else a sentence or true. */
export function readLabel(
  [name, text, ...more]: readonly string[],
  { number: line }: TextLine,
  target: ReaderTarget,
): boolean | string {
  if (name === undefined || text === undefined || more.length > 0) return false;
  const problem = labelNameProblem(name, target.registers, target.device.scalars);
  if (problem !== undefined) return problem;
  const value = parseNumber(text) ?? parseLabelled(text, line, target.labels);
  if (typeof value === 'string') return value;
  if (value === undefined) {
    return `${quote(text)} is no number for a label: a decimal number or one with 0x, of up to 64 bits, or a label above was expected.`;
  }
  return target.labels.define(name, value, line) ?? true;
}

/** A sentence where a name can be no label's: of a wrong form, or one that means something else already. */
export function labelNameProblem(
  name: string,
  registers: RegisterNames | undefined,
  device: Parameters<RegisterNames['offsetOf']>[1] = {},
): string | undefined {
  const problem = labelFormProblem(name);
  if (problem !== undefined) return problem;
  const taken =
    registers?.offsetOf(name, device) === undefined
      ? registers?.meaningOf?.(name, device)
      : 'a register';
  return taken === undefined ? undefined : `${quote(name)} cannot be a label: it is ${taken}.`;
}
