import {
  createVgpu,
  eventNames,
  registerDirectory,
  type VgpuConfig,
} from '../../emulator/index.ts';
import type { EventNames } from '../../timeline/index.ts';
import {
  deviceConfigFor,
  type GoldenFile,
  hasExpectations,
  type RegisterDirectory,
  runScenario,
  type ScenarioResult,
} from '../../timeline/index.ts';
import type { OpenedTrace, TraceDiagnostic } from '../../trace/index.ts';
import { Failure } from '../failures.ts';
import { loadTrace } from '../load-trace.ts';
import type { Terminal } from '../terminal.ts';

/** How one file did. */
export interface FileRun {
  readonly file: string;
  /** `error`: it could not be run at all; `skipped`: it expects nothing. `why` says more of these two. */
  readonly status: 'passed' | 'failed' | 'error' | 'skipped';
  readonly why?: string;
  readonly title?: string;
  /** Lines that are not understood: each is a failure, as nobody knows what it would have expected. */
  readonly problems: readonly TraceDiagnostic[];
  /** Absent where it was not run. */
  readonly result?: ScenarioResult;
  readonly milliseconds: number;
  /** Its device; absent where it was not run. */
  readonly platform?: string;
  readonly tables?: DeviceTables;
}

/** A device's tables, for whoever shows what of them was exercised. */
export interface DeviceTables {
  readonly directory: RegisterDirectory;
  readonly names: EventNames;
}

export function tablesOf({ platform, deviceId }: VgpuConfig): DeviceTables {
  return {
    directory: registerDirectory(platform, deviceId),
    names: eventNames(platform, deviceId),
  };
}

/** How files are run. */
export interface RunOptions {
  readonly progress: (fraction: number) => void;
  /** What each vGPU starts from. */
  readonly golden?: GoldenFile | undefined;
}

/** Runs a file as a test. What is wrong with it is its result: this does not throw for what a file can hold. */
export async function runFile(
  file: string,
  terminal: Terminal,
  options: RunOptions,
): Promise<FileRun> {
  const start = performance.now();
  const base = { file, problems: [], milliseconds: 0 };
  try {
    const trace = await loadTrace(file, terminal);
    const run = await runTrace(trace, options);
    const { title } = trace.device;
    return {
      ...base,
      ...run,
      ...(title === undefined ? {} : { title }),
      milliseconds: performance.now() - start,
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...base, status: 'error', why: error.message };
  }
}

async function runTrace(
  trace: OpenedTrace,
  { progress, golden }: RunOptions,
): Promise<Pick<FileRun, 'status' | 'why' | 'problems' | 'result' | 'platform' | 'tables'>> {
  const problems = trace.diagnostics.filter(({ severity }) => severity === 'error');
  if (!hasExpectations(trace.store) && problems.length === 0)
    return { status: 'skipped', why: 'it expects nothing', problems };
  const config = deviceConfigFor(trace.device, {}, golden);
  if ('problem' in config) return { status: 'error', why: config.problem, problems };
  const tables = tablesOf(config);
  const result = await runScenario(
    { store: trace.store, device: createVgpu(config), ...tables, progress },
    { cancelled: false },
  );
  const passed = result.failed === 0 && problems.length === 0;
  const { platform } = config;
  return { status: passed ? 'passed' : 'failed', problems, result, platform, tables };
}
