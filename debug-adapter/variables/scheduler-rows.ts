import type { HostView } from '../../timeline/index.ts';
import { partyName } from './party-name.ts';
import { listOf, type Row } from './row.ts';

type Queued = HostView['scheduler']['queue'][number];

/** In milliseconds: slices are shared out anew so often (gvt-facts §11). */
const PERIOD = 100;

/** Weights and time slices. */
export function schedulerRow({ scheduling, scheduler, now }: HostView): Row {
  const { current, next, tickAt, queue, weights } = scheduler;
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const rows = weights.map(({ vgpu, weight }): Row => {
    const share = `weight ${weight}, ${milliseconds(((PERIOD * weight) / total) * 1e6)} of ${PERIOD} ms`;
    const entry = queue.find(({ id }) => id === vgpu);
    return { name: partyName(vgpu), value: entry ? `${share}, ${entryText(entry, now)}` : share };
  });
  const times = { name: 'now', value: milliseconds(now) };
  if (scheduling === 'at once') {
    const value = 'at once: a vGPU gets engines when it needs them';
    return { name: 'scheduler', value, children: listOf([times, ...rows]) };
  }
  const coming = next === undefined ? '' : `, then ${partyName(next)}`;
  const running = current === 0 ? 'nobody runs' : `${partyName(current)} runs`;
  const tick = tickAt === undefined ? 'stands still' : milliseconds(tickAt);
  return {
    name: 'scheduler',
    value: `time slices: ${running}${coming}`,
    children: listOf([times, { name: 'next tick', value: tick }, ...rows]),
  };
}

function entryText({ left, used, priorityUntil }: Queued, now: number): string {
  const owed = left < 0 ? `${milliseconds(-left)} owed` : `${milliseconds(left)} left`;
  const first = priorityUntil > now ? `, goes first until ${milliseconds(priorityUntil)}` : '';
  return `${owed}, ${milliseconds(used)} used${first}`;
}

function milliseconds(ns: number): string {
  return `${Number((ns / 1e6).toFixed(3))} ms`;
}
