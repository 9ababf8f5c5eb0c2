import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { Call } from './call.ts';

/** Every request that is served: its arguments and the body of its answer. */
export interface Requests {
  initialize: [Dap.InitializeRequestArguments, Dap.Capabilities];
  launch: [Dap.LaunchRequestArguments, undefined];
  attach: [Dap.AttachRequestArguments, undefined];
  configurationDone: [Dap.ConfigurationDoneArguments, undefined];
  restart: [Dap.RestartArguments, undefined];
  disconnect: [Dap.DisconnectArguments, undefined];
  terminate: [Dap.TerminateArguments, undefined];
  cancel: [Dap.CancelArguments, undefined];
  threads: [undefined, Dap.ThreadsResponse['body']];
  stackTrace: [Dap.StackTraceArguments, Dap.StackTraceResponse['body']];
  scopes: [Dap.ScopesArguments, Dap.ScopesResponse['body']];
  variables: [Dap.VariablesArguments, Dap.VariablesResponse['body']];
  setVariable: [Dap.SetVariableArguments, Dap.SetVariableResponse['body']];
  evaluate: [Dap.EvaluateArguments, Dap.EvaluateResponse['body']];
  setExpression: [Dap.SetExpressionArguments, Dap.SetExpressionResponse['body']];
  completions: [Dap.CompletionsArguments, Dap.CompletionsResponse['body']];
  disassemble: [Dap.DisassembleArguments, NonNullable<Dap.DisassembleResponse['body']>];
  readMemory: [Dap.ReadMemoryArguments, NonNullable<Dap.ReadMemoryResponse['body']>];
  writeMemory: [Dap.WriteMemoryArguments, NonNullable<Dap.WriteMemoryResponse['body']>];
  setBreakpoints: [Dap.SetBreakpointsArguments, Dap.SetBreakpointsResponse['body']];
  setFunctionBreakpoints: [
    Dap.SetFunctionBreakpointsArguments,
    Dap.SetFunctionBreakpointsResponse['body'],
  ];
  setDataBreakpoints: [Dap.SetDataBreakpointsArguments, Dap.SetDataBreakpointsResponse['body']];
  setInstructionBreakpoints: [
    Dap.SetInstructionBreakpointsArguments,
    Dap.SetInstructionBreakpointsResponse['body'],
  ];
  setExceptionBreakpoints: [
    Dap.SetExceptionBreakpointsArguments,
    Dap.SetExceptionBreakpointsResponse['body'],
  ];
  exceptionInfo: [Dap.ExceptionInfoArguments, Dap.ExceptionInfoResponse['body']];
  dataBreakpointInfo: [Dap.DataBreakpointInfoArguments, Dap.DataBreakpointInfoResponse['body']];
  breakpointLocations: [Dap.BreakpointLocationsArguments, Dap.BreakpointLocationsResponse['body']];
  continue: [Dap.ContinueArguments, Dap.ContinueResponse['body']];
  reverseContinue: [Dap.ReverseContinueArguments, undefined];
  next: [Dap.NextArguments, undefined];
  stepBack: [Dap.StepBackArguments, undefined];
  stepIn: [Dap.StepInArguments, undefined];
  restartFrame: [Dap.RestartFrameArguments, undefined];
  stepOut: [Dap.StepOutArguments, undefined];
  pause: [Dap.PauseArguments, undefined];
  gotoTargets: [Dap.GotoTargetsArguments, Dap.GotoTargetsResponse['body']];
  goto: [Dap.GotoArguments, undefined];
  source: [Dap.SourceArguments, Dap.SourceResponse['body']];
  loadedSources: [Dap.LoadedSourcesArguments, Dap.LoadedSourcesResponse['body']];
}

export type Handler<C extends keyof Requests> = (
  args: Requests[C][0],
  call: Call,
) => Requests[C][1] | Promise<Requests[C][1]>;

/** One handler for each request; a group of handlers is a part of it. */
export type Handlers = { readonly [C in keyof Requests]: Handler<C> };
