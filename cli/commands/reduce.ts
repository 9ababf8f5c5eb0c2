import { writeFile } from 'node:fs/promises';
import { CHECKS, createVgpu, type VgpuConfig } from '../../emulator/index.ts';
import {
  counted,
  deviceConfigFor,
  type GoldenFile,
  grouped,
  REGISTER_NAMES,
  type ReducedTrace,
  reduceTrace,
  runScenario,
} from '../../timeline/index.ts';
import { type DeviceDescription, openTrace, vgpuHeader } from '../../trace/index.ts';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure, UsageError } from '../failures.ts';
import { GOLDEN_OPTION, goldenFile } from '../golden-file.ts';
import {
  hintsOf,
  loadTrace,
  requireRecords,
  TRACE_OPTIONS,
  warnOfDiagnostics,
} from '../load-trace.ts';
import type { Arguments } from '../options.ts';
import { cannotWrite, refuseOutput } from '../output-path.ts';
import { withBar } from '../progress-bar.ts';
import { reducedText } from '../scenarios/reduced-text.ts';
import { tablesOf } from '../scenarios/run-file.ts';
import { deviceOf } from '../trace-device.ts';

export const reduceCommand: Command = {
  name: 'reduce',
  summary: 'the smallest scenario that fails as a trace does',
  details:
    'Leaves out of a trace whatever is not needed for its failure: the first expectation that fails or\n' +
    'answer that differs, else the first fault of a rule that is on by default; with --fault, the first\n' +
    'fault of that rule. What is left is written as a scenario, which vgpu test runs and which fails until\n' +
    'the cause is mended. The same trace is always reduced to the same scenario. Ends with status 1 where\n' +
    'nothing fails.',
  options: [
    { name: 'output', short: 'o', value: 'FILE', help: 'write the scenario there' },
    { name: 'fault', value: 'RULE', help: 'reduce to a fault of this rule (vgpu check --rules)' },
    GOLDEN_OPTION,
    ...TRACE_OPTIONS,
  ],
  async run(path, args, terminal) {
    const output = args.text('output');
    if (output === undefined) throw new UsageError('-o FILE says where the scenario goes.');
    await refuseOutput(output, [path, args.text(GOLDEN_OPTION.name) ?? '-']);
    const fault = faultOf(args);
    const trace = await loadTrace(path, terminal, hintsOf(args));
    requireRecords(trace);
    warnOfDiagnostics(trace, terminal);
    const description = await asWritten(trace.device);
    const golden = await goldenFile(args, terminal);
    const config = deviceOf(description, golden);
    const { length } = trace.store;
    const reduced = await withBar(terminal, (bar) =>
      reduceTrace(
        {
          store: trace.store,
          device: createVgpu(config),
          ...tablesOf(config),
          ...(fault === undefined ? {} : { fault }),
          // Half of the work is done when a few hundred records are left, and each try takes less time.
          progress: (left) =>
            bar.show(
              1 - Math.log2(left + 1) / Math.log2(length + 1),
              `${grouped(left)} records left`,
            ),
        },
        { cancelled: false },
      ),
    );
    if (reduced === undefined)
      throw new Failure(
        `nothing fails in ${trace.name}${fault === undefined ? '; --fault names rules that are off' : ''}.`,
      );
    const origin = golden === undefined ? trace.name : `${trace.name} with --golden ${golden.name}`;
    const text = await failingText(reduced, description, origin, config, golden);
    await write(output, text);
    await terminal.out(summaryText(output, length, reduced));
    return ExitStatus.ok;
  },
};

/** @throws UsageError */
function faultOf(args: Arguments): string | undefined {
  const fault = args.text('fault');
  if (fault === undefined || CHECKS.some(({ id }) => id === fault)) return fault;
  throw new UsageError(`no rule is called ${fault}; vgpu check --rules lists them.`);
}

/** The device as a reader of the scenario will see it: its header alone tells, as accesses may be left out. */
async function asWritten(device: DeviceDescription): Promise<DeviceDescription> {
  const { title, ...described } = device;
  const header = `${vgpuHeader(described, 'scenario')}// no records\n`;
  const read = await openTrace([new TextEncoder().encode(header)]);
  return { ...read.device, ...(title === undefined ? {} : { title }) };
}

/** Written so that it fails when it is read again: without other answers where that does, as it is easier to read. */
async function failingText(
  reduced: ReducedTrace,
  device: DeviceDescription,
  origin: string,
  config: VgpuConfig,
  golden: GoldenFile | undefined,
): Promise<string> {
  for (const keepAnswers of [false, true]) {
    const text = reducedText(reduced, device, tablesOf(config).directory, origin, keepAnswers);
    if (await fails(text, config, golden)) return text;
  }
  throw new Failure(
    'the reduced trace fails, but not as a scenario: its device cannot be told in a header.',
  );
}

async function fails(
  text: string,
  config: VgpuConfig,
  golden: GoldenFile | undefined,
): Promise<boolean> {
  const { store, diagnostics, device } = await openTrace([new TextEncoder().encode(text)], {
    registers: REGISTER_NAMES,
  });
  const again = deviceConfigFor(device, {}, golden);
  if (diagnostics.length > 0 || 'problem' in again) return false;
  const result = await runScenario(
    { store, device: createVgpu(again), ...tablesOf(config) },
    { cancelled: false },
  );
  const last = result.expectations.at(-1);
  return last?.passed === false && last.moment.record === store.length - 1;
}

function summaryText(
  output: string,
  before: number,
  { store, target, tries }: ReducedTrace,
): string {
  return (
    `${output}: ${counted(store.length, 'record')} of ${grouped(before)}, ${counted(tries, 'try', 'tries')}\n` +
    `  ${target.text}\n`
  );
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
