import { createVgpu, type ScreenValue, type VgpuConfig, VgpuViews } from '../emulator/index.ts';
import { DeviceSlot } from './device/device-slot.ts';
import { SerialLines } from './device/serial-lines.ts';
import { GuestError } from './guest-error.ts';
import { Machine, type MachineOptions, type SerialLine } from './v86/machine.ts';

export interface GuestPcOptions extends MachineOptions {
  readonly device: VgpuConfig;
}

/**
 * Where a line of text came from: the kernel's console, or the shell that commands are given to. What the shell lists
 * for programs, and is of no interest to people, is told apart.
 */
export type LineSource = 'kernel' | 'shell' | 'listing';

/** Gets complete lines, at the guest's present time. */
export type LineListener = (source: LineSource, text: string) => void;

const SHELL: SerialLine = 1;
/** Steps, each a millisecond of guest time, between looks at what else this process has to do. */
const STEPS_AT_ONCE = 20;
const NS = 1e9;

/** A PC with a vGPU in it, at the moment of being switched on. */
export class GuestPc {
  readonly machine: Machine;
  readonly slot: DeviceSlot;
  /** Called now and then while the guest runs, for whoever shows progress. */
  onProgress: () => void = () => undefined;
  readonly #listeners = new Set<LineListener>();
  #shellSource: LineSource = 'shell';

  private constructor(machine: Machine, slot: DeviceSlot) {
    this.machine = machine;
    this.slot = slot;
    const lines = [
      new SerialLines((text) => this.#line('kernel', text)),
      new SerialLines((text) => this.#line(this.#shellSource, text)),
    ];
    machine.onSerial = (line, byte) => lines[line]?.take(byte);
    machine.onTick = () => slot.sync();
  }

  /** @throws GuestError where the PC emulator cannot be had */
  static async create(options: GuestPcOptions): Promise<GuestPc> {
    const machine = await Machine.create(options);
    const { device } = options;
    return new GuestPc(machine, new DeviceSlot(machine, createVgpu(device), device.apertureSize));
  }

  /** Returns what ends the listening. */
  listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells whoever listens of a line, as if the guest had just said it. */
  tell(source: LineSource, text: string): void {
    for (const listener of this.#listeners) listener(source, text);
  }

  /** Guest time in seconds. */
  get seconds(): number {
    return this.machine.clock.now / NS;
  }

  /** What its monitor shows now. Looking leaves no trace in a recording. */
  screen(): ScreenValue {
    const { device, ram } = this.slot;
    const { observer } = ram;
    ram.observer = undefined;
    try {
      return new VgpuViews(device).screen();
    } finally {
      ram.observer = observer;
    }
  }

  /** Runs until a line of text matches. Returns what matched. @throws GuestError after `seconds` of guest time */
  async runUntil(source: LineSource, wanted: RegExp, seconds: number): Promise<RegExpExecArray> {
    let found: RegExpExecArray | undefined;
    const stop = this.listen((from, text) => {
      if (from === source) found ??= wanted.exec(text) ?? undefined;
    });
    try {
      await this.#run(
        () => found !== undefined,
        seconds,
        () => `The guest did not say ${wanted}`,
      );
    } finally {
      stop();
    }
    if (found === undefined) throw new GuestError('The guest was stopped.');
    return found;
  }

  /** Runs for a time of the guest's. */
  async runFor(seconds: number): Promise<void> {
    const end = this.machine.clock.now + seconds * NS;
    await this.#run(
      () => this.machine.clock.now >= end,
      seconds + 1,
      () => 'The guest is too slow',
    );
  }

  /** Gives the guest's shell a command and runs to its end. What it says counts as coming from `source`. */
  async command(
    text: string,
    seconds: number,
    source: 'shell' | 'listing' = 'shell',
  ): Promise<ShellResult> {
    const lines: string[] = [];
    const stop = this.listen((from, line) => {
      if (from === source) lines.push(line);
    });
    this.#shellSource = source;
    try {
      this.machine.send(SHELL, `${text}; echo "${MARK}:$?"\n`);
      const [, status] = await this.runUntil(source, new RegExp(`${MARK}:(\\d+)$`), seconds);
      return { status: Number(status), lines: lines.slice(0, -1) };
    } finally {
      this.#shellSource = 'shell';
      stop();
    }
  }

  async #run(done: () => boolean, seconds: number, problem: () => string): Promise<void> {
    const end = this.machine.clock.now + seconds * NS;
    for (let steps = 1; !done(); steps++) {
      if (this.machine.clock.now > end)
        throw new GuestError(`${problem()} within ${seconds} seconds of its own time.`);
      this.#step();
      if (steps % STEPS_AT_ONCE !== 0) continue;
      this.onProgress();
      await new Promise(setImmediate);
    }
  }

  /** A millisecond of work; idle time passes up to the next timer or alarm of the device, whichever is first. */
  #step(): void {
    const idle = this.machine.step();
    if (!this.machine.isHalted) return;
    const { clock } = this.machine;
    const timer = clock.now + Math.max(idle, LEAST_IDLE);
    const alarm = this.slot.device.nextAlarm;
    // The device's time goes in whole microseconds: at the end of this one the alarm has fired.
    const due = alarm === undefined ? timer : Math.ceil(alarm / 1000) * 1000;
    clock.skipTo(Math.max(Math.min(timer, due), clock.now + LEAST_IDLE));
  }

  #line(source: LineSource, text: string): void {
    this.slot.sync();
    this.tell(source, text);
  }
}

export interface ShellResult {
  readonly status: number;
  readonly lines: readonly string[];
}

/** Ends the output of a command. */
const MARK = '@@done';
/** Nanoseconds; so that time goes on where a timer is due but does not fire. */
const LEAST_IDLE = 1000;
