import { AdapterError } from './errors.ts';

/** Single attributes of a launch configuration: their values, or an error that says what they must be. */

export function flag(given: object, name: string, standard: boolean): boolean {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined) return standard;
  if (typeof value !== 'boolean') throw bad(`"${name}" must be true or false, not ${show(value)}`);
  return value;
}

export function lineNumber(given: object, name: string): number | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw bad(`"${name}" must be the number of a line, from 1 on, not ${show(value)}`);
  }
  return value;
}

export function byte(given: object, name: string): number | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 255) {
    throw bad(`"${name}" must be a number from 0 to 255, not ${show(value)}`);
  }
  return value;
}

export function patterns(value: unknown): readonly string[] {
  if (value === undefined) return [];
  const strings = Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (!strings) {
    throw bad(`"skip" must be a list of register patterns such as ["GPIO*"], not ${show(value)}`);
  }
  return value;
}

export function oneOf<T extends string>(
  given: object,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined) return undefined;
  const found = choices.find((each) => each === value);
  if (found === undefined) {
    throw bad(`"${name}" must be one of ${choices.join(', ')}, not ${show(value)}`);
  }
  return found;
}

/** Text; absent where it is empty. */
export function text(given: object, name: string): string | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw bad(`"${name}" must be text, not ${show(value)}`);
  return value;
}

/** A multiple of a page below 2⁴⁸, in hexadecimal as logs have it. */
export function address(given: object, name: string): number | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined || value === '') return undefined;
  const fits = typeof value === 'string' && /^(0x)?[0-9a-f]{1,12}$/i.test(value);
  const number = fits ? Number.parseInt(value, 16) : Number.NaN;
  if (number % 0x1000 === 0) return number;
  throw bad(
    `"${name}" must be a hexadecimal address at a multiple of 4 KiB, as in "0xfd000000", not ${show(value)}`,
  );
}

export function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

export function bad(what: string): AdapterError {
  return new AdapterError('badLaunch', `In the launch configuration, ${what}.`);
}
