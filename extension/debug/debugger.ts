import * as vscode from 'vscode';
import type { KnownReadings } from '../reading/known-readings.ts';
import { adapterFactory } from './adapter-factory.ts';
import { VgpuConfigurationProvider } from './configuration-provider.ts';
import { TYPE } from './debug-type.ts';
import { evaluatableCommands, evaluatableExpressions } from './evaluatable-expressions.ts';
import { registerTraceLanguages } from './trace-languages.ts';

/** Everything about debugging: what F5 starts, the adapter, and what can be hovered over. */
export function registerDebugger(
  adapterScript: string,
  readings: KnownReadings,
): vscode.Disposable[] {
  const provider = new VgpuConfigurationProvider(readings);
  const languages = [{ language: 'vgpu' }, { language: 'vgpu-listing' }];
  return [
    ...registerTraceLanguages(),
    vscode.debug.registerDebugConfigurationProvider(TYPE, provider),
    vscode.debug.registerDebugAdapterDescriptorFactory(TYPE, adapterFactory(adapterScript)),
    vscode.languages.registerEvaluatableExpressionProvider(languages, evaluatableExpressions),
    vscode.languages.registerEvaluatableExpressionProvider(
      { language: 'vgpu-commands' },
      evaluatableCommands,
    ),
  ];
}
