import { type ClockState, GuestClock } from '../guest-clock.ts';
import { GuestError } from '../guest-error.ts';
import { callStack } from '../stacks/call-stack.ts';
import type { V86Cpu, V86Internals } from './internals.ts';
import { loadV86 } from './load-v86.ts';
import { makeCompilationSynchronous } from './synchronous-compilation.ts';

export interface MachineOptions {
  /** Bytes of RAM. */
  readonly memory: number;
  readonly bios: ArrayBuffer;
  readonly vgaBios: ArrayBuffer;
  /** What the BIOS starts; absent where a snapshot will be restored. */
  readonly kernel?: { readonly image: ArrayBuffer; readonly initrd: ArrayBuffer };
  readonly commandLine: string;
}

/** ttyS0 and ttyS1. */
export type SerialLine = 0 | 1;

const EBP = 5;
const INTERRUPT_FLAG = 1 << 9;

/** What a device in the PC needs of it. */
export interface MachineParts {
  readonly cpu: V86Cpu;
  /** Nanoseconds since the guest was switched on. */
  readonly clock: { readonly now: number };
  readonly ramWords: Uint32Array;
  readonly ram: Uint8Array;
}

/** The emulated PC: processor, memory, clock, serial line. Nothing runs but in `step`. */
export class Machine implements MachineParts {
  readonly cpu: V86Cpu;
  readonly clock: GuestClock;
  /** Called after each millisecond of guest time and before and after idle time, outside of instructions. */
  onTick: () => void = () => undefined;
  /** A byte from a serial line. */
  onSerial: (line: SerialLine, byte: number) => void = () => undefined;
  readonly #emulator: V86Internals;
  #ram: Uint8Array;
  #ramWords: Uint32Array;

  private constructor(emulator: V86Internals, clock: (cpu: V86Cpu) => GuestClock) {
    this.#emulator = emulator;
    this.cpu = emulator.v86.cpu;
    this.clock = clock(this.cpu);
    this.#ram = ramOf(this.cpu);
    this.#ramWords = wordsOf(this.#ram);
    // Whoever wants the machine to run calls `step`: an interrupt must not start it.
    emulator.v86.next_tick = () => undefined;
    const finishCompilation = makeCompilationSynchronous(this.cpu);
    const timers = this.cpu.run_hardware_timers.bind(this.cpu);
    this.cpu.run_hardware_timers = (acpiEnabled, now) => {
      finishCompilation();
      this.onTick();
      return timers(acpiEnabled, now);
    };
    for (const line of [0, 1] as const) {
      emulator.add_listener(`serial${line}-output-byte`, (byte) => {
        if (typeof byte === 'number') this.onSerial(line, byte);
      });
    }
  }

  /** @throws GuestError where the emulator cannot be had */
  static async create(options: MachineOptions): Promise<Machine> {
    let clock: GuestClock | undefined;
    const { V86, wasm } = loadV86({
      now: () => (clock === undefined ? 0 : clock.now / 1e6),
      report: (message) => process.stderr.write(`v86: ${message}\n`),
    });
    const emulator = new V86({
      wasm_fn: async (imports) => (await WebAssembly.instantiate(wasm, imports)).instance.exports,
      memory_size: options.memory,
      vga_memory_size: 1 << 20,
      bios: { buffer: options.bios },
      vga_bios: { buffer: options.vgaBios },
      ...(options.kernel === undefined
        ? {}
        : { bzimage: { buffer: options.kernel.image }, initrd: { buffer: options.kernel.initrd } }),
      cmdline: options.commandLine,
      // i915 needs the modules wmi and video, which need ACPI.
      acpi: true,
      uart1: true,
      net_device: { type: 'none' },
      disable_keyboard: true,
      disable_mouse: true,
      disable_speaker: true,
      autostart: false,
    });
    await new Promise((resolve) => emulator.add_listener('emulator-loaded', resolve));
    return new Machine(emulator, (cpu) => (clock = new GuestClock(counterOf(cpu))));
  }

  /** Runs for about a millisecond of guest time. Returns for how many nanoseconds from now there is nothing to do. */
  step(): number {
    const idle = this.cpu.main_loop();
    if (!this.isHalted) return 0;
    if (((this.cpu.flags[0] ?? 0) & INTERRUPT_FLAG) === 0)
      throw new GuestError('The guest has halted with interrupts off: it will not run again.');
    return Math.max(0, idle) * 1e6;
  }

  /** The processor waits for an interrupt. */
  get isHalted(): boolean {
    return (this.cpu.in_hlt[0] ?? 0) !== 0;
  }

  /** The guest's RAM, as it is now. */
  get ram(): Uint8Array {
    // Growing makes a new buffer; the old one is then empty.
    if (this.#ram.length === 0) this.#ram = ramOf(this.cpu);
    return this.#ram;
  }

  /** The same in dwords. */
  get ramWords(): Uint32Array {
    if (this.#ramWords.length === 0) this.#ramWords = wordsOf(this.ram);
    return this.#ramWords;
  }

  /** Addresses of code in the kernel's functions that are being executed, innermost first. */
  get callStack(): readonly number[] {
    const { previous_ip, reg32 } = this.cpu;
    const instruction = (previous_ip[0] ?? 0) >>> 0;
    return callStack({ instruction, frame: (reg32[EBP] ?? 0) >>> 0, ramWords: this.ramWords });
  }

  send(line: SerialLine, text: string): void {
    for (const byte of new TextEncoder().encode(text))
      this.#emulator.bus.send(`serial${line}-input`, byte);
  }

  save(): { readonly state: ArrayBuffer; readonly clock: ClockState } {
    return { state: this.#emulator.v86.save_state(), clock: this.clock.save() };
  }

  restore(state: ArrayBuffer, clock: ClockState): void {
    // The processor's time stamp counter is restored by the clock's time, which may not jump afterwards.
    this.clock.restore(clock);
    this.#emulator.v86.restore_state(state);
    this.clock.restore(clock);
  }
}

function ramOf(cpu: V86Cpu): Uint8Array {
  const { byteOffset, length } = cpu.mem8;
  return new Uint8Array(cpu.wasm_memory.buffer, byteOffset, length);
}

function wordsOf({ buffer, byteOffset, length }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length / 4);
}

/** The library's own view of the counter is a proxy, too slow to be asked at every access. */
function counterOf(cpu: V86Cpu): () => number {
  const { byteOffset } = cpu.instruction_counter;
  let view = new Uint32Array(cpu.wasm_memory.buffer, byteOffset, 1);
  return () => {
    if (view.length === 0) view = new Uint32Array(cpu.wasm_memory.buffer, byteOffset, 1);
    return view[0] ?? 0;
  };
}
