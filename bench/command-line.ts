import { parseArgs } from 'node:util';
import type { Bench } from './figure.ts';

/** What a command line asks for. */
export interface BenchRequest {
  /** In the table's order. */
  readonly benches: readonly Bench[];
  readonly write: boolean;
  /** Nothing is measured: whoever prepares a measurement first asks whether there will be one. */
  readonly check: boolean;
}

/** Something to print instead, and the status to end with: 0 for help, 2 for a command line that makes no sense. */
export interface BenchText {
  readonly text: string;
  readonly status: 0 | 2;
}

/** Takes `npm run bench -- …` apart. Never throws for what a user can do wrong. */
export function benchRequest(
  args: readonly string[],
  all: readonly Bench[],
): BenchRequest | BenchText {
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      write: { type: 'boolean' },
      check: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const options = new Set<string>();
  const named: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') named.push(token.value);
    if (token.kind !== 'option') continue;
    if (!OPTIONS.includes(token.name)) return wrong(`There is no option ${token.rawName}`, all);
    if (token.value !== undefined) return wrong(`${token.rawName} takes no value`, all);
    options.add(token.name);
  }
  if (options.has('help')) return { text: helpText(all), status: 0 };
  const unknown = named.find((name) => all.every((bench) => bench.name !== name));
  if (unknown !== undefined) return wrong(`There is no bench "${unknown}"`, all);
  const write = options.has('write');
  if (write && named.length > 0) return wrong('--write needs all benches: name none', all);
  const benches = all.filter(({ name }) => named.length === 0 || named.includes(name));
  return { benches, write, check: options.has('check') };
}

const OPTIONS: readonly string[] = ['write', 'check', 'help'];

function wrong(sentence: string, all: readonly Bench[]): BenchText {
  return { text: `${sentence}.\n\n${helpText(all)}`, status: 2 };
}

function helpText(all: readonly Bench[]): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  const list = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`);
  return (
    'Usage: npm run bench -- [BENCH ...] [options]\n\n' +
    'Builds, measures, and prints a table: all benches, or those that are named. Ends with status 1 where one\n' +
    'could not be measured.\n\n' +
    `Benches:\n${list.join('')}\n` +
    'Options:\n' +
    '  --write     write docs/performance.md from a run of all\n' +
    '  --check     measure nothing: only say whether the command line makes sense\n' +
    '  -h, --help  show this text\n'
  );
}
