import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type * as vscode from 'vscode';
import type { CoverageTable, ExpectationResult } from '../../timeline/index.ts';
import type { TraceDiagnostic } from '../../trace/index.ts';

/** What `vgpu test --reporter json` prints for each file. */
export interface FileLine {
  readonly type: 'file';
  readonly file: string;
  readonly status: 'passed' | 'failed' | 'error' | 'skipped';
  readonly why?: string;
  readonly problems: readonly TraceDiagnostic[];
  readonly milliseconds: number;
  readonly result?: { readonly total: number; readonly expectations: readonly ExpectationResult[] };
}

/** And at the end. */
export interface EndLine {
  readonly type: 'end';
  readonly coverage?: readonly {
    readonly platform: string;
    readonly tables: readonly CoverageTable[];
  }[];
}

/** Files of one process: a command line has an end. */
const AT_ONCE = 200;

/** Runs scenarios with the program `vgpu`, in a process of its own, and tells each result as it comes. */
export async function runScenarios(
  script: string,
  files: readonly string[],
  options: { readonly coverage: boolean; readonly token: vscode.CancellationToken },
  told: (line: FileLine | EndLine) => void,
): Promise<void> {
  for (let from = 0; from < files.length && !options.token.isCancellationRequested; ) {
    await runSome(script, files.slice(from, from + AT_ONCE), options, told);
    from += AT_ONCE;
  }
}

function runSome(
  script: string,
  files: readonly string[],
  { coverage, token }: { readonly coverage: boolean; readonly token: vscode.CancellationToken },
  told: (line: FileLine | EndLine) => void,
): Promise<void> {
  const flags = coverage ? ['--coverage'] : [];
  // VS Code's own Node, as for the debug adapter.
  const child = spawn(
    process.execPath,
    [script, 'test', '--reporter', 'json', ...flags, '--', ...files],
    { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const cancelled = token.onCancellationRequested(() => child.kill());
  let problem = '';
  child.stderr.on('data', (data) => {
    problem += String(data);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const parsed: unknown = JSON.parse(line);
    if (isResultLine(parsed)) told(parsed);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      cancelled.dispose();
      // 0: all passed; 1: some failed, or none expects anything, which their lines say.
      if (status === 0 || status === 1 || token.isCancellationRequested) resolve();
      else reject(new Error(`The program vgpu ended with status ${status}. ${problem}`));
    });
  });
}

/** The program is this extension's own: its lines are as it says. */
function isResultLine(value: unknown): value is FileLine | EndLine {
  const type: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'type') : 0;
  return type === 'file' || type === 'end';
}
