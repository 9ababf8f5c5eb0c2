import { parseSlice, type ReaderHints, SLICE_PATTERN } from '../../trace/index.ts';
import { AdapterError } from '../errors.ts';

/** What values an attribute of a launch configuration may have, for a reader of schemas and for the adapter. */
export interface AttributeKind<T> {
  /** As JSON schema: accepts what `read` does, and nothing else (tested). */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Ends the sentence `"name" must be …`. */
  readonly must: string;
  /** The value, or undefined where it is not of this kind. */
  readonly read: (value: unknown) => T | undefined;
}

export const FLAG: AttributeKind<boolean> = {
  schema: { type: 'boolean' },
  must: 'true or false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** Empty text says nothing: the attribute might as well be absent. */
export const TEXT: AttributeKind<string> = {
  schema: { type: 'string' },
  must: 'text',
  read: (value) => (typeof value === 'string' ? value : undefined),
};

export const PATH: AttributeKind<string> = {
  schema: { type: 'string', pattern: '\\S' },
  must: 'the path of a recording',
  read: (value) => (typeof value === 'string' && /\S/.test(value) ? value : undefined),
};

export const LINE: AttributeKind<number> = {
  schema: { type: 'integer', minimum: 1 },
  must: 'the number of a line, from 1 on',
  read: (value) => (isWhole(value) && value >= 1 ? value : undefined),
};

/** `null`: none. VS Code's side fills the attribute in where it is absent, so that there must be a word for it. */
export const BYTE: AttributeKind<number | null> = {
  schema: { type: ['integer', 'null'], minimum: 0, maximum: 255 },
  must: 'a number from 0 to 255, or null',
  read: (value) =>
    value === null || (isWhole(value) && value >= 0 && value <= 255) ? value : undefined,
};

export const PATTERNS: AttributeKind<readonly string[]> = {
  schema: { type: 'array', items: { type: 'string' } },
  must: 'a list of register patterns such as ["GPIO*"]',
  read: (value) =>
    Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined,
};

/** A multiple of a page below 2⁴⁸, in hexadecimal as logs have it; NaN for empty text, which says nothing. */
const PAGE_ADDRESS = '^((0[xX])?([0-9a-fA-F]{0,9}000|0{1,2}))?$';

export const ADDRESS: AttributeKind<number> = {
  schema: { type: 'string', pattern: PAGE_ADDRESS },
  must: 'a hexadecimal address at a multiple of 4 KiB, as in "0xfd000000"',
  read: (value) =>
    typeof value === 'string' && new RegExp(PAGE_ADDRESS).test(value)
      ? Number.parseInt(value, 16)
      : undefined,
};

/** As a `.vgpu` header has it. */
export const SLICE: AttributeKind<ReaderHints['slice']> = {
  schema: { type: 'string', pattern: SLICE_PATTERN },
  must: 'a vGPU\'s slice, as in "mappable=8000000+4000000 hidden=40000000+18000000 fences=4"',
  read: (value) =>
    typeof value === 'string' && new RegExp(SLICE_PATTERN).test(value)
      ? parseSlice(value)
      : undefined,
};

export function oneOf<T extends string>(choices: readonly T[]): AttributeKind<T> {
  return {
    schema: { type: 'string', enum: choices },
    must: `one of ${choices.join(', ')}`,
    read: (value) => choices.find((each) => each === value),
  };
}

/** By time, or so many records of each in turn. */
export const TURNS: AttributeKind<'time' | number> = {
  schema: { type: ['string', 'integer'], pattern: '^time$', minimum: 1 },
  must: '"time" or a number of records, from 1 on',
  read: (value) => (value === 'time' || (isWhole(value) && value >= 1) ? value : undefined),
};

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}

/** The longest part of a wrong value that a message repeats. */
const MOST_SHOWN = 80;

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

export function bad(what: string): AdapterError {
  return new AdapterError('badLaunch', `In the launch configuration, ${what}.`);
}
