import type { AccessSpace, Answer, DeviceListener, Vgpu } from '../../emulator/index.ts';
import { setInterruptPin } from '../v86/interrupt-pin.ts';
import { deliverMsi } from '../v86/local-apic.ts';
import type { MachineParts } from '../v86/machine.ts';
import { plugIn } from '../v86/pci-slot.ts';
import { BarWindows } from './bar-windows.ts';
import { GuestRam } from './guest-ram.ts';

export interface GuestAccess {
  readonly kind: 'read' | 'write';
  readonly space: AccessSpace;
  readonly offset: number;
  readonly size: number;
  readonly low: number;
  readonly high: number;
  /** False for an answer that nobody knows. */
  readonly known: boolean;
}

/** Whoever wants to know what passes between guest and device. */
export interface SlotObserver {
  /** The device was brought to its present time without an access. */
  synced(): void;
  accessed(access: GuestAccess): void;
}

/** Device time goes in whole microseconds, as recordings do. */
const MICROSECOND = 1000;

/** The device in the PC: every access of the guest comes through here, at the guest's time. */
export class DeviceSlot {
  readonly device: Vgpu;
  readonly ram: GuestRam;
  observer: SlotObserver | undefined;
  /** Accesses since the PC was made. */
  accesses = 0;
  readonly #machine: MachineParts;
  readonly #bars: BarWindows;

  constructor(machine: MachineParts, device: Vgpu, apertureSize: number) {
    this.#machine = machine;
    this.device = device;
    this.ram = new GuestRam(machine);
    this.#bars = new BarWindows(machine, this, apertureSize);
    device.attachMemory(this.ram);
    this.listen({});
    plugIn(machine, {
      readConfig: (offset, size) => this.read('config', offset, size),
      writeConfig: (offset, size, value) => this.write('config', offset, size, value, 0),
    });
  }

  /** Adds to what the slot itself does with the device's events. */
  listen(listener: DeviceListener): void {
    this.device.setListener({
      ...listener,
      interrupt: (event) => {
        listener.interrupt?.(event);
        const { cpu } = this.#machine;
        if (event.kind === 'msi' && event.delivered) deliverMsi(cpu, event.data ?? 0);
        if (event.kind === 'intx') setInterruptPin(cpu, event.level ?? 0);
      },
    });
  }

  /** Brings the device to the guest's time: alarms fire, engines work. Every access begins with that. */
  sync(): void {
    this.syncTo(this.#machine.clock.now);
  }

  syncTo(ns: number): void {
    this.ram.turn++;
    const target = ns - (ns % MICROSECOND);
    if (target <= this.device.now) return;
    while (!this.device.advanceTo(target)) this.device.runWork();
    this.observer?.synced();
  }

  read(space: AccessSpace, offset: number, size: number): number {
    this.sync();
    const { low } = this.readNow(space, offset, size);
    return size < 4 ? low & ((1 << (size * 8)) - 1) : low;
  }

  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void {
    this.sync();
    this.writeNow(space, offset, size, low, high);
  }

  /** A read at the device's present time. What nobody knows reads as all ones, as where nobody answers. */
  readNow(space: AccessSpace, offset: number, size: number): Answer {
    this.accesses++;
    const answer = this.device.read(space, offset, size);
    if (this.device.hasWork) this.device.runWork();
    this.observer?.accessed({ kind: 'read', space, offset, size, ...answer });
    return answer.known ? answer : ALL_ONES;
  }

  writeNow(space: AccessSpace, offset: number, size: number, low: number, high: number): void {
    this.accesses++;
    this.device.write(space, offset, size, low, high);
    if (this.device.hasWork) this.device.runWork();
    this.observer?.accessed({ kind: 'write', space, offset, size, low, high, known: true });
    if (space === 'config') this.#bars.follow();
  }
}

const ALL_ONES: Answer = { low: 0xffffffff, high: 0xffffffff, known: true };
