import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { exceptionFilters, FILTER_STYLES } from './exception-filters.ts';

/** What this adapter can do. A capability stands here only when a test holds it to its word. */
const CAPABILITIES: Dap.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsFunctionBreakpoints: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsExceptionFilterOptions: true,
  supportsExceptionInfoRequest: true,
  supportsEvaluateForHovers: true,
  supportsClipboardContext: true,
  supportsStepBack: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ['.', '['],
  supportsDataBreakpoints: true,
  supportsDataBreakpointBytes: true,
  supportsInstructionBreakpoints: true,
  supportsDisassembleRequest: true,
  supportsSteppingGranularity: true,
  supportsReadMemoryRequest: true,
  supportsWriteMemoryRequest: true,
  supportsCancelRequest: true,
  supportsGotoTargetsRequest: true,
  supportsRestartRequest: true,
  supportsRestartFrame: true,
  supportsTerminateRequest: true,
  supportsDelayedStackTraceLoading: true,
  supportsBreakpointLocationsRequest: true,
  supportsLoadedSourcesRequest: true,
  supportsValueFormattingOptions: true,
};

/** `filters`: how faults are offered, as whoever started this process wants it (see FILTER_STYLES); else each by itself. */
export function capabilities(filters: string | undefined): Dap.Capabilities {
  const style = FILTER_STYLES.find((known) => known === filters) ?? 'each';
  return { ...CAPABILITIES, exceptionBreakpointFilters: exceptionFilters(style) };
}
