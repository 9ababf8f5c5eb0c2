import { type GoldenFile, goldenFrom } from '../timeline/index.ts';
import { Failure, UsageError } from './failures.ts';
import { loadTrace, warnOfDiagnostics } from './load-trace.ts';
import type { Arguments, OptionRow } from './options.ts';
import type { Terminal } from './terminal.ts';

export const GOLDEN_OPTION: OptionRow = {
  name: 'golden',
  value: 'FILE',
  help: "the host's registers, from which the vGPU starts: golden_hw_state, intel_reg dump, mmio_diff (its HW column)",
};

/** The same of a command that takes several traces. */
export const GOLDEN_OF_EACH: OptionRow = {
  ...GOLDEN_OPTION,
  multiple: true,
  help: `${GOLDEN_OPTION.help}; with several traces one for all, or one for each`,
};

/**
 * The golden state that `--golden` names; what is wrong with single lines of it goes to the terminal.
 * @throws Failure where the file cannot be read, or has no registers
 */
export async function goldenFile(
  args: Arguments,
  terminal: Terminal,
): Promise<GoldenFile | undefined> {
  const path = args.text(GOLDEN_OPTION.name);
  return path === undefined ? undefined : await loadGolden(path, terminal);
}

/** @throws Failure where the file cannot be read, or has no registers */
async function loadGolden(path: string, terminal: Terminal): Promise<GoldenFile> {
  if (path === '-')
    throw new UsageError('--golden takes the path of a file; standard input is for a trace.');
  const dump = await loadTrace(path, terminal);
  warnOfDiagnostics(dump, terminal);
  const golden = goldenFrom(dump);
  if ('problem' in golden) throw new Failure(golden.problem);
  return golden;
}

/** The golden state of each trace: one is for all of them. @throws Failure, UsageError */
export async function goldenFiles(
  args: Arguments,
  terminal: Terminal,
): Promise<readonly (GoldenFile | undefined)[]> {
  const paths = args.texts(GOLDEN_OPTION.name);
  const traces = args.positionals.length;
  if (paths.length > 1 && paths.length !== traces) {
    throw new UsageError(
      `--golden is given once, or once for each trace; there are ${paths.length} and ${traces} traces.`,
    );
  }
  const files: GoldenFile[] = [];
  for (const path of paths) files.push(await loadGolden(path, terminal));
  return args.positionals.map((_, index) => files[index] ?? files[0]);
}
