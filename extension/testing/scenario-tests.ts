import * as vscode from 'vscode';
import { counted } from '../../timeline/index.ts';
import { CoverageDocuments } from './coverage-documents.ts';
import { type EndLine, type FileLine, runScenarios } from './run-program.ts';
import { ScenarioTree } from './scenario-tree.ts';
import { firstFailure, messagesOf } from './test-messages.ts';

/**
 * The Testing view's part that runs scenarios. `script`: the program `vgpu`. VS Code has no event for its Testing view, and
 * hides it until some extension has tests. So package.json puts a view of ours there, whose event wakes this extension;
 * it makes room for the tests, once these can be asked for.
 */
export function registerScenarioTests(script: string): vscode.Disposable[] {
  const controller = vscode.tests.createTestController('vgpu.scenarios', 'vGPU Scenarios');
  const tests = new ScenarioTests(controller, script);
  void vscode.commands.executeCommand('setContext', 'vgpu.isActive', true);
  return [
    controller,
    ...tests.register(),
    vscode.commands.registerCommand('vgpu.findScenarios', async () => {
      await tests.find();
      await vscode.commands.executeCommand('workbench.view.testing.focus');
    }),
    vscode.commands.registerCommand('vgpu.debugAtFailure', (clicked: unknown) => {
      const place = failureOf(clicked);
      return place === undefined ? undefined : debugAt(place.uri, place.line);
    }),
  ];
}

class ScenarioTests {
  readonly #controller: vscode.TestController;
  readonly #script: string;
  readonly #tree: ScenarioTree;
  readonly #coverage = new CoverageDocuments();
  #watching: Promise<vscode.Disposable> | undefined;

  constructor(controller: vscode.TestController, script: string) {
    this.#controller = controller;
    this.#script = script;
    this.#tree = new ScenarioTree(controller);
  }

  register(): vscode.Disposable[] {
    const { Run, Debug, Coverage } = vscode.TestRunProfileKind;
    const controller = this.#controller;
    // Asked for when somebody looks at the tests, and not before.
    controller.resolveHandler = async (item) => {
      if (item === undefined) await this.#discovered();
    };
    controller.refreshHandler = () => this.#tree.refresh();
    const run =
      (withCoverage: boolean) =>
      async (request: vscode.TestRunRequest, token: vscode.CancellationToken) => {
        await this.#run(request, token, withCoverage);
      };
    controller.createRunProfile('Run', Run, run(false), true);
    controller.createRunProfile(
      'Debug',
      Debug,
      (request, token) => this.#debug(request, token),
      true,
    );
    const coverage = controller.createRunProfile('Run with Coverage', Coverage, run(true), true);
    coverage.loadDetailedCoverage = async (_, { uri }) => [...this.#coverage.details(uri)];
    const stop = { dispose: () => void this.#watching?.then((watcher) => watcher.dispose()) };
    return [...this.#coverage.register(), stop];
  }

  async find(): Promise<void> {
    await this.#discovered();
  }

  #discovered(): Promise<vscode.Disposable> {
    this.#watching ??= this.#tree.discover();
    return this.#watching;
  }

  async #run(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    coverage = false,
  ): Promise<readonly FileLine[]> {
    await this.#discovered();
    const items = new Map(
      this.#tree.filesOf(request).map((item) => [item.uri?.fsPath ?? '', item] as const),
    );
    const run = this.#controller.createTestRun(request);
    const results: FileLine[] = [];
    for (const item of items.values()) run.started(item);
    try {
      await runScenarios(this.#script, [...items.keys()], { coverage, token }, (line) => {
        if (line.type === 'end') return this.#covered(run, line);
        results.push(line);
        const item = items.get(line.file);
        if (item !== undefined) tell(run, item, line);
      });
    } catch (error) {
      run.appendOutput(`${String(error)}\r\n`);
      const message = new vscode.TestMessage(String(error));
      for (const item of items.values()) run.errored(item, message);
    } finally {
      run.end();
    }
    return results;
  }

  /** Stops at the first failure; a scenario that passes stops at its beginning. */
  async #debug(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const results = await this.#run(request, token);
    const failed = results.find((line) => firstFailure(line) !== undefined);
    const [first] = results;
    const chosen = failed ?? first;
    if (chosen === undefined || token.isCancellationRequested) return;
    await debugAt(vscode.Uri.file(chosen.file), firstFailure(chosen));
  }

  #covered(run: vscode.TestRun, { coverage = [] }: EndLine): void {
    for (const { platform, tables } of coverage) this.#coverage.show(run, platform, tables);
  }
}

function tell(run: vscode.TestRun, item: vscode.TestItem, line: FileLine): void {
  const uri = item.uri ?? vscode.Uri.file(line.file);
  const expectations = counted(line.result?.total ?? 0, 'expectation');
  run.appendOutput(`${line.status.padEnd(8)} ${line.file} (${expectations})\r\n`);
  if (line.status === 'passed') run.passed(item, line.milliseconds);
  else if (line.status === 'skipped') run.skipped(item);
  else if (line.status === 'error') run.errored(item, messagesOf(line, uri), line.milliseconds);
  else run.failed(item, messagesOf(line, uri), line.milliseconds);
}

/** What VS Code hands to a command in the menu of a failure. */
function failureOf(clicked: unknown): { uri: vscode.Uri; line: number } | undefined {
  if (typeof clicked !== 'object' || clicked === null) return undefined;
  const message: unknown = Reflect.get(clicked, 'message');
  if (typeof message !== 'object' || message === null) return undefined;
  const location: unknown = Reflect.get(message, 'location');
  if (typeof location !== 'object' || location === null) return undefined;
  const [uri, range]: unknown[] = [Reflect.get(location, 'uri'), Reflect.get(location, 'range')];
  if (!(uri instanceof vscode.Uri)) return undefined;
  const start: unknown =
    typeof range === 'object' && range !== null ? Reflect.get(range, 'start') : undefined;
  const line: unknown =
    typeof start === 'object' && start !== null ? Reflect.get(start, 'line') : undefined;
  return typeof line === 'number' ? { uri, line: line + 1 } : undefined;
}

async function debugAt(uri: vscode.Uri, line: number | undefined): Promise<void> {
  await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), {
    type: 'vgpu',
    request: 'launch',
    name: vscode.workspace.asRelativePath(uri),
    trace: uri.fsPath,
    stopOnEntry: true,
    ...(line === undefined ? {} : { stopAtLine: line }),
  });
}
