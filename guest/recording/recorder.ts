import type { DeviceListener } from '../../emulator/index.ts';
import type { VgpuWriter } from '../../trace/index.ts';
import type { DeviceSlot, GuestAccess, SlotObserver } from '../device/device-slot.ts';
import type { MemoryObserver } from '../device/guest-ram.ts';

interface ShownLine {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** Where BAR0 has page-table entries. */
const GGTT = 0x800000;
/** Microseconds after which time is noted in a recording: devices pass over longer gaps without their alarms. */
const LONGEST_SILENCE = 30e6;

/**
 * Writes what the device consumes, and what it does, so that a replay comes to the same state.
 *
 * A replay moves its clock to a record's time before it applies the record, and alarms fire on the way. So memory
 * that an alarm reads has to stand before the first record whose time lets the alarm fire. While the device catches
 * up with the guest, the guest does not run and memory changes by the device's own doing only: it does not matter
 * how early in that stretch a line is shown, but it must not be shown before an earlier stretch whose alarms read
 * memory too. Where no record tells these stretches apart, a note does.
 */
export class Recorder implements SlotObserver, MemoryObserver {
  readonly #slot: DeviceSlot;
  readonly #writer: VgpuWriter;
  readonly #stack: (() => readonly number[]) | undefined;
  #shown: ShownLine[] = [];
  #results: (() => void)[] = [];
  /** Microseconds that the device had reached when it last caught up. */
  #reached = 0;
  #readsNow = false;
  /** Alarms have read memory that no record's time lies behind. */
  #readsUnrecorded = false;

  /** `stack`: addresses of code in the functions that the guest is in, innermost first. */
  constructor(slot: DeviceSlot, writer: VgpuWriter, stack?: () => readonly number[]) {
    this.#slot = slot;
    this.#writer = writer;
    this.#stack = stack;
  }

  /** What the device tells; results go to the recording with their own times. */
  get listener(): DeviceListener {
    const writer = this.#writer;
    const result = (write: () => void) => this.#result(write);
    return {
      interrupt: ({ kind, delivered, address, data, level }) => {
        if (kind === 'msi' && delivered) result(() => writer.msi(address ?? 0, data ?? 0));
        if (kind === 'intx') result(() => writer.intx(level ?? 0));
      },
      command: ({ engine, level, address, offset, dwords }) => {
        const place = level === 'ring' ? 'ring' : 'batch';
        const at = place === 'ring' ? offset : address;
        result(() => writer.command({ engine, place, offset: at, dwords }));
      },
      commandRegister: ({ direction, engine, offset, value }) =>
        result(() => writer.commandRegister(direction, engine, offset, value)),
      deviceWrite: ({ space, address, value }) =>
        result(() => writer.deviceWrite(space, address, value)),
    };
  }

  lineRead(): void {
    this.#readsNow = true;
  }

  lineShown(address: number, bytes: Uint8Array): void {
    this.#shown.push({ address, bytes: bytes.slice() });
  }

  synced(): void {
    if (this.#shown.length > 0 && this.#readsUnrecorded && this.#writer.micros < this.#reached)
      this.#writer.noteAt(this.#reached, 'the device has read memory');
    this.#writeShown();
    this.#writeResults();
    this.#reached = this.#now;
    this.#readsUnrecorded ||= this.#readsNow;
    this.#readsNow = false;
    if (this.#reached - this.#writer.micros > LONGEST_SILENCE) this.note('time passes');
  }

  accessed(access: GuestAccess): void {
    this.#writer.time(this.#now);
    this.#writeShown();
    this.#writer.access(access, this.#frames(access));
    this.#writeResults();
    this.#readsUnrecorded = false;
    this.#readsNow = false;
  }

  /** A note at the device's present time. */
  note(text: string): void {
    this.#writer.noteAt(this.#now, text);
    this.#readsUnrecorded = false;
  }

  /** Whole microseconds: the slot moves the device by nothing less, but alarms lie in between. */
  get #now(): number {
    return Math.floor(this.#slot.device.now / 1000);
  }

  /** Of register accesses only: page tables and pictures are written too often for the same few reasons. */
  #frames({ space, offset }: GuestAccess): readonly string[] {
    if (this.#stack === undefined || space !== 'mmio' || offset >= GGTT) return [];
    return this.#stack().map((address) => `0x${address.toString(16).padStart(8, '0')}`);
  }

  #result(write: () => void): void {
    const micros = this.#now;
    this.#results.push(() => {
      this.#writer.time(micros);
      write();
    });
  }

  #writeShown(): void {
    for (const { address, bytes } of this.#shown) this.#writer.memory(address, bytes);
    this.#shown = [];
  }

  #writeResults(): void {
    for (const write of this.#results) write();
    this.#results = [];
  }
}
