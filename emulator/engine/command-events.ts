import { raiseEngineEvent } from './csb.ts';
import type { Engine } from './engine.ts';

/** Events that commands ask for, in the order in which GVT-g raises them. */
const COMMAND_EVENTS = ['user', 'notify'] as const;

/**
 * A command asks for an interrupt. Hardware raises it now. GVT-g has put MI_NOOP in its place: it raises the event when
 * the workload is done, once however often it was asked for (gvt-facts §10.3); what a user batch asks for that its
 * scanner does not see goes to the host, and no guest hears of it.
 */
export function askForEvent(engine: Engine, what: (typeof COMMAND_EVENTS)[number]): void {
  const { core, row, state } = engine;
  if (core.config.policy !== 'gvt-g') {
    raiseEngineEvent(engine, what);
    return;
  }
  const unseen = !core.state.scanUserBatches.includes(row.name);
  if (unseen && state.batches.at(-1)?.space === 'ppgtt') return;
  if (!state.eventsDue.includes(what)) state.eventsDue.push(what);
}

/** The workload is done. */
export function raiseDueEvents(engine: Engine): void {
  const due = engine.state.eventsDue;
  if (due.length === 0) return;
  engine.state.eventsDue = [];
  for (const what of COMMAND_EVENTS) if (due.includes(what)) raiseEngineEvent(engine, what);
}
