import type { VgpuConfig } from '../emulator/index.ts';
import { VgpuWriter, vgpuHeader } from '../trace/index.ts';
import { type BootOptions, bootedGuest, guestFrom } from './boot.ts';
import { type DeviceTimes, SlotTimes } from './device/slot-times.ts';
import type { GuestPc, LineListener } from './guest-pc.ts';
import { describeDevice } from './recording/describe-device.ts';
import { Recorder } from './recording/recorder.ts';
import { RecordingFile } from './recording/recording-file.ts';
import { Dmesg } from './scenario/dmesg.ts';
import type { Check, Stage } from './scenario/scenario.ts';
import { SCENARIOS, type ScenarioName } from './scenario/scenarios.ts';
import { StackNames } from './stacks/stack-names.ts';

export interface ScenarioOptions extends BootOptions {
  readonly scenario: ScenarioName;
  readonly device: VgpuConfig;
  /** File that gets the recording; absent for none. */
  readonly record?: string;
  /** Record the guest's call stack with each access to a register. */
  readonly stacks?: boolean;
  /** Measure the time that the device takes. */
  readonly profile?: boolean;
  readonly watcher: ScenarioWatcher;
}

/** Sees a scenario run. */
export interface ScenarioWatcher {
  phase(name: string): void;
  line: LineListener;
  progress(pc: GuestPc): void;
  check(check: Check): void;
}

export interface ScenarioResult {
  readonly passed: boolean;
  readonly checks: readonly Check[];
  readonly seconds: number;
  readonly accesses: number;
  /** The device's state at the end. */
  readonly hash: string;
  /** Where that was asked for: from loading the driver to the end. */
  readonly times?: DeviceTimes;
}

/** Boots a guest, or takes one that has booted before, and has it do something. */
export async function runScenario(options: ScenarioOptions): Promise<ScenarioResult> {
  const { watcher } = options;
  watcher.phase('booting');
  const snapshot = await bootedGuest(options, (pc) => {
    pc.listen(watcher.line);
    pc.onProgress = () => watcher.progress(pc);
  });
  const recording = options.record === undefined ? undefined : new RecordingFile(options.record);
  let names: StackNames | undefined;
  try {
    const pc = await guestFrom(snapshot, options, options.device, (made) => {
      if (recording !== undefined) names = attachRecorder(made, options, recording);
    });
    pc.listen(watcher.line);
    pc.onProgress = () => watcher.progress(pc);
    return await play(pc, options, names);
  } finally {
    names?.finish();
    await recording?.close();
  }
}

async function play(
  pc: GuestPc,
  options: ScenarioOptions,
  names: StackNames | undefined,
): Promise<ScenarioResult> {
  const { scenario, watcher, profile = false } = options;
  const times = profile ? new SlotTimes(pc.slot) : undefined;
  const checks: Check[] = [];
  const stage: Stage = {
    pc,
    dmesg: new Dmesg(pc),
    phase: watcher.phase,
    nameFunctions: async () => await names?.name(pc),
    check(what, passed, found) {
      const check = { what, passed, ...(passed || !found ? {} : { found }) };
      checks.push(check);
      watcher.check(check);
    },
  };
  await SCENARIOS[scenario].run(stage);
  const measured = times?.untilNow;
  await stage.nameFunctions();
  pc.tell('shell', 'end of the scenario');
  return {
    passed: checks.every(({ passed }) => passed),
    checks,
    seconds: pc.seconds,
    accesses: pc.slot.accesses,
    hash: pc.slot.device.hash(),
    ...(measured === undefined ? {} : { times: measured }),
  };
}

/** Console lines become notes: what the guest said is the best map of a recording. */
function attachRecorder(
  pc: GuestPc,
  options: ScenarioOptions,
  file: RecordingFile,
): StackNames | undefined {
  const { device, scenario, images, memory: size } = options;
  const title = `guest ${SCENARIOS[scenario].summary}`;
  const driver = `i915 of Linux ${images.name}, in a live guest`;
  const words = { title, driver, memory: [{ base: 0, size }] };
  file.write(vgpuHeader(describeDevice(device, words)));
  const names = options.stacks ? new StackNames((text) => file.write(text)) : undefined;
  const writer = new VgpuWriter((text) => (names ?? file).write(text));
  const recorder = new Recorder(pc.slot, writer, names && (() => pc.machine.callStack));
  pc.slot.observer = recorder;
  pc.slot.ram.observer = recorder;
  pc.slot.listen(recorder.listener);
  pc.listen((source, text) => {
    if (source !== 'listing') recorder.note(`${source === 'kernel' ? 'DMESG' : 'SHELL'} ${text}`);
  });
  return names;
}
