import type {
  AccessSpace,
  Answer,
  DeviceListener,
  DeviceModel,
  DeviceSnapshot,
  PeekSpace,
} from '../device-model.ts';
import { GuestMemory, type GuestMemorySnapshot, UNKNOWN } from '../state/guest-memory.ts';
import { pageNumberOf } from '../state/guest-page.ts';
import { StateHasher } from '../state/hash.ts';

/** What it remembers, each as bytes of which only some are known. Graphics addresses mean nothing to it. */
const SPACES = ['mmio', 'aperture', 'config', 'io', 'memory'] as const;
type KeptSpace = (typeof SPACES)[number];

/** Pages of 4 KiB kept in all spaces together: 300 MB. What is written beyond them stays unknown. */
const MOST_PAGES = 65_536;
/** Entries of this part of BAR0 are told apart from registers by whoever listens (gvt-facts §5.1). */
const GGTT_OFFSET = 0x800000;

interface RecordedSnapshot extends DeviceSnapshot {
  readonly spaces: readonly GuestMemorySnapshot[];
  readonly now: number;
}

/**
 * A device of which only a recording exists. It does nothing by itself: a register holds what was written or read
 * last, a read answers what was recorded, and what no record has shown is unknown.
 */
export class RecordedDevice implements DeviceModel {
  readonly #spaces: Readonly<Record<KeptSpace, GuestMemory>> = {
    mmio: new GuestMemory(),
    aperture: new GuestMemory(),
    config: new GuestMemory(),
    io: new GuestMemory(),
    memory: new GuestMemory(),
  };
  #answer: Answer | undefined;
  #now = 0;
  #listener: DeviceListener | undefined;

  get now(): number {
    return this.#now;
  }

  recordedAnswer(answer: Answer): void {
    this.#answer = answer;
  }

  read(space: AccessSpace, offset: number, size: number): Answer {
    const answer = this.#answer;
    this.#answer = undefined;
    if (answer === undefined || !answer.known) return this.peek(space, offset, size);
    this.#change(space, offset, size, answer.low, answer.high);
    return answer;
  }

  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void {
    this.#change(space, offset, size, low, high);
  }

  showMemory(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; done += 4096) {
      const piece = bytes.subarray(done, done + 4096);
      if (!this.#makeRoom('memory', address + done, piece.length)) return;
      this.#spaces.memory.write(address + done, piece);
    }
    this.#listener?.memoryWritten?.(address, bytes.length);
  }

  advanceTo(ns: number): boolean {
    this.#now = Math.max(this.#now, ns);
    return true;
  }

  readonly hasWork = false;
  readonly lacksMemory = false;
  stepWork(): void {}
  runWork(): void {}
  nextWork(): undefined {}
  viewWork(): undefined {}

  peek(space: PeekSpace, address: number, size: number): Answer {
    return space === 'ggtt' ? UNKNOWN : this.#spaces[space].readValue(address, size);
  }

  poke(space: PeekSpace, address: number, size: number, low: number, high: number): boolean {
    return space !== 'ggtt' && this.#change(space, address, size, low, high);
  }

  setListener(listener: DeviceListener | undefined): void {
    this.#listener = listener;
  }

  save(): RecordedSnapshot {
    const spaces = SPACES.map((space) => this.#spaces[space].save());
    const ownBytes = spaces.reduce((sum, each) => sum + each.ownBytes, 64);
    return { spaces, now: this.#now, ownBytes };
  }

  /** @throws TypeError for a snapshot of another device */
  restore(snapshot: DeviceSnapshot): void {
    if (!isRecordedSnapshot(snapshot)) throw new TypeError('a snapshot of another device');
    for (const [index, space] of SPACES.entries()) {
      const kept = snapshot.spaces[index];
      if (kept !== undefined) this.#spaces[space].restore(kept);
    }
    this.#now = snapshot.now;
    this.#answer = undefined;
  }

  hash(): string {
    const hasher = new StateHasher();
    hasher.number(this.#now);
    for (const space of SPACES) this.#spaces[space].hashInto(hasher);
    return hasher.digest();
  }

  /** False where there is no room for it. */
  #change(space: KeptSpace, address: number, size: number, low: number, high: number): boolean {
    if (!this.#makeRoom(space, address, size)) return false;
    const kept = this.#spaces[space];
    if (this.#listener === undefined) {
      kept.writeValue(address, size, low, high);
      return true;
    }
    const first = address - (address % 4);
    const last = address + size - 1;
    const dwords: number[] = [];
    for (let at = first; at <= last; at += 4) dwords.push(this.#dword(kept, at));
    kept.writeValue(address, size, low, high);
    for (const [index, previous] of dwords.entries()) {
      this.#tell(space, first + index * 4, previous, this.#dword(kept, first + index * 4));
    }
    if (space === 'memory') this.#listener.memoryWritten?.(address, size);
    return true;
  }

  #tell(space: KeptSpace, at: number, previous: number, next: number): void {
    if (previous === next) return;
    if (space === 'config') this.#listener?.configChanged?.(at, previous, next);
    if (space !== 'mmio') return;
    if (at < GGTT_OFFSET) this.#listener?.registerChanged?.(at, previous, next);
    else {
      const index = Math.floor((at - GGTT_OFFSET) / 8);
      const entry = GGTT_OFFSET + index * 8;
      const { mmio } = this.#spaces;
      this.#listener?.ggttEntryChanged?.(
        index,
        this.#dword(mmio, entry),
        this.#dword(mmio, entry + 4),
      );
    }
  }

  /** Bytes that are not known count as 0: listeners are told of changes in numbers. */
  #dword(kept: GuestMemory, at: number): number {
    let value = 0;
    for (let i = 0; i < 4; i++) value |= Math.max(0, kept.byte(at + i)) << (i * 8);
    return value >>> 0;
  }

  #makeRoom(space: KeptSpace, address: number, size: number): boolean {
    const kept = this.#spaces[space];
    const last = pageNumberOf(address + size - 1);
    for (let page = pageNumberOf(address); page <= last; page++) {
      if (!kept.pages.has(page) && this.#pageCount >= MOST_PAGES) return false;
    }
    return true;
  }

  get #pageCount(): number {
    return SPACES.reduce((sum, space) => sum + this.#spaces[space].pages.size, 0);
  }
}

function isRecordedSnapshot(snapshot: DeviceSnapshot): snapshot is RecordedSnapshot {
  return 'spaces' in snapshot && 'now' in snapshot;
}
