import type { Core } from './core.ts';
import { onVblank } from './display/vblank.ts';
import type { AlarmName } from './vgpu-state.ts';

/** What each alarm does. It may queue new ones. */
const ALARMS: Readonly<Record<AlarmName, (core: Core, argument: number) => void>> = {
  vblank: onVblank,
};

/** Moves the device clock to `ns`; alarms due on the way fire in order, each at its own time. */
export function advanceClock(core: Core, ns: number): void {
  for (;;) {
    const alarm = core.state.alarms[0];
    if (!alarm || alarm.at > ns) break;
    core.state.alarms.shift();
    core.state.now = Math.max(core.state.now, alarm.at);
    ALARMS[alarm.name](core, alarm.argument);
  }
  if (ns > core.state.now) core.state.now = ns;
}
