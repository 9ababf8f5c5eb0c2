import type {
  AccessSpace,
  Answer,
  DeviceListener,
  DeviceModel,
  DeviceSnapshot,
  Fault,
  PeekSpace,
  WorkBrief,
  WorkView,
} from '../../emulator/index.ts';
import { sampleDirectory } from '../patterns/testing/directory.ts';
import { GGTT_OFFSET, REGISTER_BYTES } from '../register-directory.ts';

const UNKNOWN: Answer = { low: 0, high: 0, known: false };
const TAIL = 0x2030;
const HEAD = 0x2034;
const VBLANK = 0x44408;
const COUNTS_READS = 0xc501c;
const VBLANK_NS = 1_000_000;
/**
 * A write of it sets off work on RCS0: a context loaded, MI_NOOP, a batch with as many MI_STORE_DATA_IMM as bits 7:0
 * (units) and 31:12 (times 256) say, MI_USER_INTERRUPT, the context saved. With bit 8 set it begins with the next millisecond only.
 */
export const FAKE_WORK = 0x2550;
/** What the stores of the fake work count up, in guest memory. */
export const FAKE_STORED = 0x1000;
/** Counted up by MI_USER_INTERRUPT. */
export const FAKE_NOPID = 0x2094;

export const FAKE_EVENTS = {
  engines: ['RCS0'],
  commands: [
    'MI_NOOP',
    'MI_BATCH_BUFFER_START',
    'MI_STORE_DATA_IMM',
    'MI_BATCH_BUFFER_END',
    'MI_USER_INTERRUPT',
  ],
  interrupts: ['MSI', 'RCS0 user interrupt'],
} as const;

/** Keys of the work that is to be done. */
const LEFT = 0;
const STORES = 1;
const LATE = 2;
const PROLOGUE = ['restore', 'MI_NOOP', 'MI_BATCH_BUFFER_START'] as const;
const EPILOGUE = ['MI_BATCH_BUFFER_END', 'MI_USER_INTERRUPT', 'save'] as const;

/** Everything that the fake device remembers, by place: `mmio 8240`, `memory 4096`. One entry per dword or byte. */
type State = ReadonlyMap<string, number>;

interface FakeSnapshot extends DeviceSnapshot {
  readonly state: State;
  readonly now: number;
}

/**
 * A device of a few rules, for specs of the timeline: registers obey the sample directory's access modes; a write
 * of RING_TAIL moves RING_HEAD too; every millisecond sets the vblank bit of pipe A; a read of GPIO_CTL_D counts
 * up; a write of RING_HEAD is a fault, and so is MI_USER_INTERRUPT. Entries are stored as written; guest memory is reached through the aperture at its own addresses.
 */
export class FakeDevice implements DeviceModel {
  #state = new Map<string, number>();
  #now = 0;
  #listener: DeviceListener | undefined;

  get now(): number {
    return this.#now;
  }

  read(space: AccessSpace, offset: number, size: number): Answer {
    const answer = this.peek(space, offset, size);
    if (space === 'mmio' && offset === COUNTS_READS) this.#register(offset, answer.low + 1);
    return answer;
  }

  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void {
    if (space === 'mmio' && offset < REGISTER_BYTES) {
      const info = sampleDirectory.at(offset);
      const previous = this.#at('mmio', offset);
      const next = info ? sampleDirectory.afterWrite(info, previous, low, 0xffffffff) : low;
      this.#register(offset, next);
      if (offset === TAIL) this.#register(HEAD, low);
      if (offset === HEAD) this.#fault({ check: 'read-only-write', register: HEAD, value: low });
      if (offset === FAKE_WORK) this.#give(low);
      return;
    }
    this.poke(space, offset, size, low, high);
    if (space === 'aperture') this.#listener?.memoryWritten?.(offset, size);
    if (space === 'mmio' && offset >= GGTT_OFFSET) {
      const index = (offset - GGTT_OFFSET) >>> 3;
      const entry = this.peek('mmio', GGTT_OFFSET + index * 8, 8);
      this.#listener?.ggttEntryChanged?.(index, entry.low, entry.high);
    }
    if (space === 'config') {
      for (let i = 0; i < size; i++) this.#listener?.configChanged?.(offset + i, 0, low);
    }
  }

  showMemory(address: number, bytes: Uint8Array): void {
    for (const [index, byte] of bytes.entries()) this.#set('memory', address + index, byte);
    this.#listener?.memoryWritten?.(address, bytes.length);
  }

  lacksMemory = false;

  get hasWork(): boolean {
    return this.#at('work', LEFT) > 0;
  }

  stepWork(): void {
    const step = this.#workStep();
    if (step === undefined) return;
    if (step.command !== undefined) this.#listener?.command?.(step.command);
    this.#set('work', LEFT, this.#at('work', LEFT) - 1);
    if (step.name === 'MI_STORE_DATA_IMM') {
      const count = this.peek('memory', FAKE_STORED, 4).low + 1;
      this.poke('memory', FAKE_STORED, 4, count, 0);
      this.#listener?.memoryWritten?.(FAKE_STORED, 4);
    } else if (step.name === 'MI_USER_INTERRUPT') {
      this.#register(FAKE_NOPID, this.#at('mmio', FAKE_NOPID) + 1);
      const name = 'RCS0 user interrupt';
      this.#listener?.interrupt?.({ kind: 'event', name, delivered: true });
      this.#fault({ check: 'command-unimplemented', engine: 'RCS0' });
    }
  }

  #fault(fault: Omit<Fault, 'message'>): void {
    const { register } = fault;
    const place = register === undefined ? {} : { address: register };
    this.#listener?.fault?.({ ...fault, ...place, message: `a fault of ${fault.check}` });
  }

  runWork(): void {
    while (this.hasWork) this.stepWork();
  }

  nextWork(): WorkBrief | undefined {
    return this.#workStep();
  }

  viewWork(): WorkView | undefined {
    return this.#workStep();
  }

  advanceTo(ns: number): boolean {
    if (this.hasWork) return false;
    const next = (Math.floor(this.#now / VBLANK_NS) + 1) * VBLANK_NS;
    if (next > ns) {
      this.#now = Math.max(this.#now, ns);
      return true;
    }
    const late = this.#at('work', LATE);
    this.#now = late > 0 ? next : ns;
    this.#register(VBLANK, this.#at('mmio', VBLANK) | 1);
    if (late === 0) return true;
    this.#set('work', LATE, 0);
    this.#begin(late);
    return false;
  }

  peek(space: PeekSpace, address: number, size: number): Answer {
    const byDword = space === 'mmio';
    const place = space === 'aperture' || space === 'ggtt' ? 'memory' : space;
    let value = 0n;
    for (let i = size - 1; i >= 0; i--) {
      const byte = byDword
        ? this.#mmioByte(address + i)
        : this.#state.get(`${place} ${address + i}`);
      if (byte === undefined && place === 'memory') return UNKNOWN;
      value = value * 256n + BigInt(byte ?? 0);
    }
    return { low: Number(value & 0xffffffffn), high: Number(value >> 32n), known: true };
  }

  poke(space: PeekSpace, address: number, size: number, low: number, high: number): boolean {
    if (space === 'io') return false;
    const place = space === 'aperture' || space === 'ggtt' ? 'memory' : space;
    for (let i = 0; i < size; i++) {
      const byte = ((i < 4 ? low >>> (i * 8) : high >>> ((i - 4) * 8)) & 0xff) >>> 0;
      if (place === 'mmio') this.#mmioByteTo(address + i, byte);
      else this.#set(place, address + i, byte);
    }
    return true;
  }

  setListener(listener: DeviceListener | undefined): void {
    this.#listener = listener;
  }

  save(): FakeSnapshot {
    return { state: new Map(this.#state), now: this.#now, ownBytes: 64 + this.#state.size * 16 };
  }

  restore(snapshot: DeviceSnapshot): void {
    if (!isFakeSnapshot(snapshot)) throw new TypeError('a snapshot of another device');
    this.#state = new Map(snapshot.state);
    this.#now = snapshot.now;
  }

  hash(): string {
    const entries = [...this.#state].sort(([a], [b]) => (a < b ? -1 : 1));
    return `${this.#now};${entries.map(([place, value]) => `${place}=${value}`).join(';')}`;
  }

  #give(wanted: number): void {
    const stores = (wanted & 0xff) + (wanted >>> 12) * 0x100;
    if (stores === 0) return;
    if ((wanted & 0x100) !== 0) this.#set('work', LATE, stores);
    else this.#begin(stores);
  }

  #begin(stores: number): void {
    this.#set('work', STORES, stores);
    this.#set('work', LEFT, stores + PROLOGUE.length + EPILOGUE.length);
  }

  #workStep(): (WorkView & WorkBrief) | undefined {
    const left = this.#at('work', LEFT);
    if (left === 0) return undefined;
    const stores = this.#at('work', STORES);
    const done = stores + PROLOGUE.length + EPILOGUE.length - left;
    const step = PROLOGUE[done] ?? EPILOGUE[done - PROLOGUE.length - stores] ?? 'MI_STORE_DATA_IMM';
    if (step === 'restore' || step === 'save') return { engine: 'RCS0', kind: step, depth: 0 };
    const inBatch = step === 'MI_STORE_DATA_IMM' || step === 'MI_BATCH_BUFFER_END';
    const place = inBatch
      ? ({ level: 'batch', space: 'ppgtt', address: 0x4000 + (done - 3) * 4, offset: 0 } as const)
      : ({ level: 'ring', space: 'ggtt', address: 0x8000 + done * 4, offset: done * 4 } as const);
    const command = { engine: 'RCS0', name: step, ...place, dwords: [done] };
    return { engine: 'RCS0', kind: 'command', name: step, depth: inBatch ? 1 : 0, command };
  }

  #register(offset: number, value: number): void {
    const previous = this.#at('mmio', offset);
    const next = value >>> 0;
    if (previous === next) return;
    this.#set('mmio', offset, next);
    this.#listener?.registerChanged?.(offset, previous, next);
  }

  #mmioByte(address: number): number {
    return (this.#at('mmio', address - (address % 4)) >>> ((address % 4) * 8)) & 0xff;
  }

  #mmioByteTo(address: number, byte: number): void {
    const shift = (address % 4) * 8;
    const at = address - (address % 4);
    const next = ((this.#at('mmio', at) & ~(0xff << shift)) | (byte << shift)) >>> 0;
    if (at < REGISTER_BYTES) this.#register(at, next);
    else this.#set('mmio', at, next);
  }

  #at(place: string, address: number): number {
    return this.#state.get(`${place} ${address}`) ?? 0;
  }

  /** Zero registers and entries are as good as untouched ones. */
  #set(place: string, address: number, value: number): void {
    if (value === 0 && (place === 'mmio' || place === 'work'))
      this.#state.delete(`${place} ${address}`);
    else this.#state.set(`${place} ${address}`, value);
  }
}

function isFakeSnapshot(snapshot: DeviceSnapshot): snapshot is FakeSnapshot {
  return 'state' in snapshot && 'now' in snapshot;
}
