import { setGate } from '../engine/pace.ts';
import { tickDisplay } from './foreground.ts';
import { coreOf, type Host } from './host.ts';
import { chooseNext, tick, trySwitch } from './scheduler.ts';

/** It has submitted work that is not done. */
export function hasPendingWork(host: Host, id: number): boolean {
  return coreOf(host, id)?.state.engines.each.some(({ phase }) => phase !== 'idle') === true;
}

/** A context of it has begun and not ended, be it that it hangs. */
function isInFlight(host: Host, id: number): boolean {
  return coreOf(host, id)?.state.engines.each.some(({ phase }) => phase === 'run') === true;
}

/** Work has come: whoever is to run now is looked for without waiting for the timer. */
export function kick(host: Host): void {
  if (host.config.scheduling !== 'sliced') return;
  const { scheduler, now, switching } = host.state;
  if (!switching) return;
  chooseNext(scheduler, now, (id) => hasPendingWork(host, id));
  settle(host);
}

/**
 * Brings the present vGPU to an end where another one is to be next, and lets that one onto the engines when nothing
 * is in flight any more (gvt-facts §11).
 */
export function settle(host: Host): void {
  if (host.config.scheduling !== 'sliced') return;
  const { scheduler, now, switching } = host.state;
  if (!switching) return;
  const from = scheduler.current;
  if (scheduler.next >= 0 && scheduler.next !== from) gate(host, from, 'draining');
  if (!trySwitch(scheduler, now, isInFlight(host, from))) return;
  gate(host, from, 'closed');
  gate(host, scheduler.current, 'open');
  host.listener?.scheduled?.({ from, to: scheduler.current, now });
}

function gate(host: Host, id: number, to: 'open' | 'draining' | 'closed'): void {
  const core = coreOf(host, id);
  if (core) setGate(core, to);
}

/**
 * Moves the host's clock, and with it those of all vGPUs; what is due on the way happens at its time. False where it
 * stopped, as there is work to be done first.
 */
export function advanceHost(host: Host, ns: number): boolean {
  while (!hasWork(host)) {
    if (host.state.now >= ns) return true;
    const at = Math.max(host.state.now, Math.min(ns, nextEvent(host)));
    for (const { id, born } of host.state.vgpus) {
      if (host.devices.get(id)?.vgpu.advanceTo(at - born) === false) return false;
    }
    host.state.now = at;
    const { scheduler } = host.state;
    if (scheduler.tickAt >= 0 && scheduler.tickAt <= at) {
      tick(scheduler, at, (id) => hasPendingWork(host, id));
      settle(host);
    }
    tickDisplay(host);
  }
  return false;
}

/** All work that can be done now; of one vGPU's none where it is `but`. */
export function runHost(host: Host, but = 0): void {
  for (const { id } of host.state.vgpus) if (id !== but) host.devices.get(id)?.runWork();
}

function hasWork({ state, devices }: Host): boolean {
  return state.vgpus.some(({ id }) => devices.get(id)?.hasWork === true);
}

/** Host time at which something is due. */
function nextEvent({ state, devices }: Host): number {
  const times = [state.scheduler.tickAt, state.wantedForeground < 0 ? -1 : state.displayAt];
  for (const { id, born } of state.vgpus) {
    const alarm = devices.get(id)?.vgpu.nextAlarm;
    times.push(alarm === undefined ? -1 : born + alarm);
  }
  return Math.min(...times.filter((time) => time >= 0), Number.POSITIVE_INFINITY);
}
