import {
  addCoverage,
  type CoverageData,
  coverageTables,
  type GoldenFile,
  NO_COVERAGE,
} from '../../timeline/index.ts';
import { coloursFor } from '../colours.ts';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure, UsageError } from '../failures.ts';
import { GOLDEN_OPTION, goldenFile } from '../golden-file.ts';
import type { Arguments } from '../options.ts';
import { ProgressBar } from '../progress-bar.ts';
import { findScenarios } from '../scenarios/find-scenarios.ts';
import { githubReporter } from '../scenarios/github-reporter.ts';
import { jsonReporter } from '../scenarios/json-reporter.ts';
import { junitReporter } from '../scenarios/junit-reporter.ts';
import type { PlatformCoverage, Reporter, Summary } from '../scenarios/reporter.ts';
import { type DeviceTables, type FileRun, runFile } from '../scenarios/run-file.ts';
import { ttyReporter } from '../scenarios/tty-reporter.ts';
import { updateFile } from '../scenarios/update-file.ts';
import type { Terminal } from '../terminal.ts';

export const testCommand: Command = {
  name: 'test',
  summary: 'run scenarios as tests',
  details:
    'Runs scenarios (.vgpu files with expectations) and tells which expectations failed. Operands are\n' +
    'files, folders and globs (quoted: vgpu test "scenarios/**/*.vgpu"); without any, all scenarios below\n' +
    'the present folder. Files that expect nothing, as recordings, are skipped. Ends with status 1 where\n' +
    'a scenario failed, could not be run, or where there was none to run.\n' +
    'docs/vgpu-format.md describes expectations, docs/ci.md how to run them in CI.',
  operands: { usage: '[GLOB...]', least: 0, most: Number.POSITIVE_INFINITY, missing: '' },
  options: [
    { name: 'shard', value: 'I/N', help: 'run the I-th of N parts only; I counts from 1' },
    {
      name: 'reporter',
      value: 'NAME',
      help: 'tty (default), junit, github (annotations), json (one object a line)',
    },
    { name: 'coverage', help: 'tell which registers, fields, commands and faults were exercised' },
    { name: 'update', help: 'put the actual values into the files where values are expected' },
    GOLDEN_OPTION,
  ],
  async run(_, args, terminal) {
    const shard = shardOf(args);
    const reporter = reporterOf(args, terminal);
    const all = await findScenarios(args.positionals);
    const files = all.filter((_file, index) => index % shard.count === shard.index);
    await say(terminal, reporter.begin?.() ?? '');
    const golden = await goldenFile(args, terminal);
    const summary = await runAll(files, { args, golden }, terminal, reporter);
    await say(terminal, reporter.end(summary));
    if (summary.passed + summary.failed === 0 && shard.count === 1)
      throw new Failure('there was no scenario to run: none of the files expects anything.');
    return summary.failed === 0 ? ExitStatus.ok : ExitStatus.failed;
  },
};

async function runAll(
  files: readonly string[],
  { args, golden }: { readonly args: Arguments; readonly golden: GoldenFile | undefined },
  terminal: Terminal,
  reporter: Reporter,
): Promise<Summary> {
  const bar = new ProgressBar(terminal);
  const coverage = new CoverageSum();
  const counts = { passed: 0, failed: 0, skipped: 0, errors: 0 };
  for (const [index, file] of files.entries()) {
    const progress = (fraction: number) =>
      bar.show((index + fraction) / files.length, `${index + 1}/${files.length} ${file}`);
    progress(0);
    let run = await runFile(file, terminal, { progress, golden });
    if (run.status === 'failed' && args.has('update') && (await updateFile(run, terminal)))
      run = await runFile(file, terminal, { progress, golden });
    bar.clear();
    counts[run.status === 'error' ? 'failed' : run.status]++;
    if (run.status === 'error') counts.errors++;
    coverage.add(run);
    await say(terminal, reporter.file(run));
  }
  return args.has('coverage') ? { ...counts, coverage: coverage.platforms() } : counts;
}

/** Scenarios of several platforms exercise different tables. */
class CoverageSum {
  readonly #sums = new Map<string, { tables: DeviceTables; data: CoverageData }>();

  add({ result, tables, platform }: FileRun): void {
    if (result === undefined || tables === undefined || platform === undefined) return;
    const before = this.#sums.get(platform)?.data ?? NO_COVERAGE;
    this.#sums.set(platform, { tables, data: addCoverage(before, result.coverage) });
  }

  platforms(): readonly PlatformCoverage[] {
    return [...this.#sums].map(([platform, { tables, data }]) => ({
      platform,
      tables: coverageTables(data, tables.directory, tables.names),
    }));
  }
}

async function say(terminal: Terminal, text: string): Promise<void> {
  if (text !== '') await terminal.out(text);
}

function reporterOf(args: Arguments, terminal: Terminal): Reporter {
  const name = args.text('reporter') ?? 'tty';
  switch (name) {
    case 'tty':
      return ttyReporter(coloursFor(terminal));
    case 'junit':
      return junitReporter;
    case 'github':
      return githubReporter;
    case 'json':
      return jsonReporter(args.has('coverage'));
    default:
      throw new UsageError(`--reporter takes tty, junit, github or json, not "${name}".`);
  }
}

function shardOf(args: Arguments): { readonly index: number; readonly count: number } {
  const text = args.text('shard') ?? '1/1';
  const [, i, n] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const [index, count] = [Number(i), Number(n)];
  if (index >= 1 && index <= count) return { index: index - 1, count };
  throw new UsageError(`--shard takes I/N with I from 1 to N, as in 2/5, not "${text}".`);
}
