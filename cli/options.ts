import { parseArgs } from 'node:util';
import { closeNames } from '../timeline/index.ts';
import { UsageError } from './failures.ts';

/** An option of a command: a row of its table, from which both parsing and `--help` are made. */
export interface OptionRow {
  readonly name: string;
  /** One letter that does as well. */
  readonly short?: string;
  /** What stands for the value in the usage; absent for a switch. */
  readonly value?: string;
  /** It may be given several times. */
  readonly multiple?: true;
  readonly help: string;
}

/** A command's arguments, taken apart. */
export interface Arguments {
  readonly positionals: readonly string[];
  has(name: string): boolean;
  text(name: string): string | undefined;
  /** All values of an option that may be given several times. */
  texts(name: string): readonly string[];
  /** A whole number of at least `least`. */
  count(name: string, least: number): number | undefined;
}

export const HELP: OptionRow = { name: 'help', help: 'show this text' };

/** @throws UsageError for an option that is not in the table, or one without its value. */
export function parseArguments(args: readonly string[], rows: readonly OptionRow[]): Arguments {
  const { values, positionals } = parsed(args, rows);
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    positionals,
    has: (name) => values[name] === true,
    text,
    texts(name) {
      const value = values[name];
      return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    },
    count(name, least) {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (/^\d+$/.test(value) && number >= least && Number.isSafeInteger(number)) return number;
      throw new UsageError(`--${name} takes a whole number from ${least}, not "${value}".`);
    },
  };
}

function parsed(args: readonly string[], rows: readonly OptionRow[]) {
  const options = Object.fromEntries(
    rows.map(({ name, short, value, multiple = false }) => {
      const type: 'string' | 'boolean' = value === undefined ? 'boolean' : 'string';
      return [name, short === undefined ? { type, multiple } : { type, short, multiple }];
    }),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // parseArgs throws for nothing but wrong arguments; its first sentence says which.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    const [, typed] = /^Unknown option '--([\w-]+)'/.exec(sentence) ?? [];
    const wrongValue = valueProblem(sentence, rows);
    if (wrongValue !== undefined) throw new UsageError(wrongValue);
    const names = rows.map(({ name }) => name);
    const meant = typed === undefined ? [] : closeNames(typed, names).map((each) => `--${each}`);
    const question = meant.length === 0 ? '' : ` Did you mean ${meant.join(' or ')}?`;
    throw new UsageError(`${sentence.replace(/\.$/, '')}.${question}`);
  }
}

/** What is wrong with an option's value, where that is what `sentence` of parseArgs says. */
function valueProblem(sentence: string, rows: readonly OptionRow[]): string | undefined {
  const [, name, what] =
    /^Option '(?:-\w, )?--([\w-]+).*' (argument is ambiguous|argument missing|does not take an argument)/.exec(
      sentence,
    ) ?? [];
  const row = rows.find((each) => each.name === name);
  if (row === undefined) return undefined;
  if (what === 'does not take an argument') return `--${name} takes no value.`;
  const form = `--${name} needs a value: --${name} ${row.value ?? ''}`.trimEnd();
  return what === 'argument missing'
    ? `${form}.`
    : `${form}, or --${name}=${row.value ?? ''} where it begins with "-".`;
}

/** One line per option, aligned. */
export function optionsText(rows: readonly OptionRow[]): string {
  const forms = rows.map(({ name, short, value }) => {
    const letter = short === undefined ? '' : `-${short}, `;
    return `${letter}--${name}${value === undefined ? '' : ` ${value}`}`;
  });
  const width = Math.max(...forms.map((form) => form.length));
  return rows.map(({ help }, i) => `  ${(forms[i] ?? '').padEnd(width)}  ${help}\n`).join('');
}
