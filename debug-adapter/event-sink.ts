import type { DebugProtocol as Dap } from '@vscode/debugprotocol';

/** Every event that is sent, with its body. */
export interface Events {
  initialized: undefined;
  stopped: Dap.StoppedEvent['body'];
  continued: Dap.ContinuedEvent['body'];
  breakpoint: Dap.BreakpointEvent['body'];
  output: Dap.OutputEvent['body'];
  terminated: undefined;
  exited: Dap.ExitedEvent['body'];
  thread: Dap.ThreadEvent['body'];
  invalidated: Dap.InvalidatedEvent['body'];
  memory: Dap.MemoryEvent['body'];
  progressStart: Dap.ProgressStartEvent['body'];
  progressUpdate: Dap.ProgressUpdateEvent['body'];
  progressEnd: Dap.ProgressEndEvent['body'];
}

export type EventSink = <E extends keyof Events>(event: E, body: Events[E]) => void;
