import { coreOf, type Host, partyOf, switchContext } from './host.ts';
import { switchRender } from './render-switch.ts';

/** Gives an engine, by its number in the platform's table, to a vGPU; 0 is the host. */
export function takeEngine(host: Host, index: number, id: number): void {
  const from = host.state.owners[index] ?? 0;
  const engine = host.hardware.map.tables.engines[index];
  if (from === id || engine === undefined) return;
  switchRender(switchContext(host), engine.name, partyOf(host, from), partyOf(host, id));
  host.state.owners[index] = id;
}

/** A vGPU is about to execute: the engines on which it has something become its own (gvt-facts §11). */
export function takeEnginesFor(host: Host, id: number): void {
  const { owners } = host.state;
  coreOf(host, id)?.state.engines.each.forEach(({ phase }, index) => {
    if (phase !== 'idle' && owners[index] !== id) takeEngine(host, index, id);
  });
}

/**
 * Whether an engine is a vGPU's. Where nobody waits for the others, a context that has begun has its engine all the
 * while, whoever was the last to be given it.
 */
export function ownsEngine(host: Host, index: number, id: number): boolean {
  if (host.state.owners[index] === id) return true;
  if (host.config.scheduling === 'sliced') return false;
  return coreOf(host, id)?.state.engines.each[index]?.phase === 'run';
}

/** The host takes back what a vGPU had. */
export function releaseEngines(host: Host, id: number): void {
  host.state.owners.forEach((owner, index) => {
    if (owner === id) takeEngine(host, index, 0);
  });
}
