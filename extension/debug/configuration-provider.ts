import path from 'node:path';
import * as vscode from 'vscode';
import { currentTrace } from '../current-trace.ts';
import type { KnownReadings } from '../reading/known-readings.ts';
import { launchReading } from '../reading/launch-reading.ts';
import { withAbsolutePaths } from './absolute-paths.ts';
import { LAUNCH_DEFAULTS } from './launch-defaults.ts';
import { pickTrace } from './pick-trace.ts';
import { plainTextInView } from './trace-languages.ts';

/** VS Code puts the answer of the command that package.json names so here. */
const ASK_FOR_TRACE = `\${command:pickTrace}`;

/** Completes what launch.json leaves open, up to F5 without a launch.json: that debugs the trace in view. */
export class VgpuConfigurationProvider implements vscode.DebugConfigurationProvider {
  readonly #readings: KnownReadings;

  constructor(readings: KnownReadings) {
    this.#readings = readings;
  }

  /** What a new launch.json begins with, and what "Show all automatic debug configurations" offers. */
  provideDebugConfigurations(
    folder: vscode.WorkspaceFolder | undefined,
  ): vscode.DebugConfiguration[] {
    const trace = currentTrace();
    const chosen = trace === undefined ? ASK_FOR_TRACE : shorten(trace.path, folder);
    return [
      {
        type: 'vgpu',
        request: 'launch',
        name: 'Debug a vGPU trace',
        trace: chosen,
        stopOnEntry: true,
        ...launchReading(trace?.reading),
      },
    ];
  }

  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    // An attach configuration goes on to the adapter, which says what to use instead.
    if (configuration.request === 'attach') return configuration;
    // Several recordings on one host; where the list is wrong, the adapter says so.
    if (Array.isArray(configuration['traces'])) return withDefaults(configuration);
    const shown = traceOf(configuration) === undefined ? currentTrace() : undefined;
    const trace = traceOf(configuration) ?? shown?.path ?? plainTextInView() ?? (await pickTrace());
    // Undefined ends the start without a message: the user has just dismissed the question.
    if (trace === undefined) return undefined;
    const name = configuration.name || path.basename(trace);
    const reading = launchReading(shown?.reading ?? this.#readings.of(trace));
    return withDefaults({ ...reading, ...configuration, name, trace });
  }

  /** Runs once variables are filled in, so `${workspaceFolder}/x` and `x` mean the same. */
  resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration {
    const base = folder ?? vscode.workspace.workspaceFolders?.[0];
    if (base === undefined) return configuration;
    const absolute = (file: string) => path.resolve(base.uri.fsPath, file);
    return withAbsolutePaths(configuration, absolute);
  }
}

function withDefaults(configuration: vscode.DebugConfiguration): vscode.DebugConfiguration {
  return { ...LAUNCH_DEFAULTS, ...configuration, type: 'vgpu', request: 'launch' };
}

function traceOf(configuration: vscode.DebugConfiguration): string | undefined {
  const trace: unknown = configuration['trace'];
  return typeof trace === 'string' && trace !== '' ? trace : undefined;
}

/** Launch configurations are shared, so they should not name one user's folders. */
function shorten(trace: string, folder: vscode.WorkspaceFolder | undefined): string {
  if (folder === undefined) return trace;
  const relative = path.relative(folder.uri.fsPath, trace);
  return relative.startsWith('..') || path.isAbsolute(relative)
    ? trace
    : `\${workspaceFolder}/${relative}`;
}
