import type { Core } from './core.ts';
import { onVblank } from './display/vblank.ts';
import { onEngineTick } from './engine/pace.ts';
import type { AlarmName } from './vgpu-state.ts';

/** What each alarm does. It may queue new ones. */
const ALARMS: Readonly<Record<AlarmName, (core: Core, argument: number) => void>> = {
  vblank: onVblank,
  engines: onEngineTick,
};

/**
 * The longest gap in which alarms go on firing, in nanoseconds. A recording's clock may jump by years (lost time, a
 * damaged line); what is left of such a gap passes without alarms.
 */
const LONGEST_GAP = 60e9;

/**
 * Moves the device clock to `ns`; alarms due on the way fire in order, each at its own time. False where one of them
 * gave an engine work, which belongs to that time: the clock has stopped there.
 */
export function advanceClock(core: Core, ns: number): boolean {
  if (core.state.engines.work) return false;
  const silent = ns - core.state.now - LONGEST_GAP;
  if (silent > 0) {
    core.state.alarms = core.state.alarms.map((alarm) => ({ ...alarm, at: alarm.at + silent }));
    core.state.now += silent;
  }
  for (;;) {
    const alarm = core.state.alarms[0];
    if (!alarm || alarm.at > ns) break;
    core.state.alarms.shift();
    core.state.now = Math.max(core.state.now, alarm.at);
    ALARMS[alarm.name](core, alarm.argument);
    if (core.state.engines.work) return false;
  }
  if (ns > core.state.now) core.state.now = ns;
  return true;
}
