/** The only door of `guest`: a PC emulator around the device, in which real drivers run. For Node. */
export type { DeviceTimes } from './device/slot-times.ts';
export { GuestError } from './guest-error.ts';
export type { GuestPc, LineSource } from './guest-pc.ts';
export { type GuestImages, type ImageChoice, readImages } from './images.ts';
export { DP_MONITOR, HDMI_MONITOR } from './monitors.ts';
export {
  runScenario,
  type ScenarioOptions,
  type ScenarioResult,
  type ScenarioWatcher,
} from './run-scenario.ts';
export type { Check } from './scenario/scenario.ts';
export { isScenario, SCENARIOS, type ScenarioName, scenarioNamed } from './scenario/scenarios.ts';
