import type {
  AccessSpace,
  Answer,
  DeviceListener,
  DeviceModel,
  DeviceSnapshot,
  PeekSpace,
} from '../device-model.ts';
import { PIPE_STRIDE, PIPES, pipeEnabled } from '../display/pipe.ts';
import { noPicture } from '../display/screen/screen.ts';
import type { ScreenValue } from '../display/screen/screen-value.ts';
import { allEngines, RING, ringGet } from '../engine/engine.ts';
import { UNKNOWN } from '../state/guest-memory.ts';
import { StateHasher } from '../state/hash.ts';
import type { Vgpu } from '../vgpu.ts';
import { VgpuViews } from '../views/vgpu-views.ts';
import type { PteValue } from '../views/view-types.ts';
import { CapturedMemory, type CapturedRoot } from './captured-memory.ts';
import type { CapturedEngine, CapturedState } from './captured-state.ts';

const REGISTER_BYTES = 0x200000;
const GGTT_OFFSET = 0x800000;

interface CapturedSnapshot extends DeviceSnapshot {
  readonly vgpu: DeviceSnapshot;
  readonly known: Uint8Array;
  readonly entries: ReadonlySet<number>;
}

/**
 * A vGPU at the one moment that a dump shows. Its engines stand where they were and do not go on. Registers and entries
 * that the dump does not show are unknown, not what a vGPU begins with.
 */
export class CapturedVgpu implements DeviceModel {
  readonly vgpu: Vgpu;
  readonly #memory: CapturedMemory;
  /** By the dword of BAR0: 1 where the dump shows it. */
  #known = new Uint8Array(REGISTER_BYTES / 4);
  readonly #hasConfig: boolean;

  /** `vgpu`: new, and from now on the dump's own. */
  constructor(vgpu: Vgpu, state: CapturedState) {
    this.vgpu = vgpu;
    this.#hasConfig = state.config !== undefined;
    this.#memory = new CapturedMemory(vgpu);
    this.#fill(state);
  }

  get now(): number {
    return this.vgpu.now;
  }

  /** Whether the dump shows the dword of BAR0 at this offset. */
  shows(offset: number): boolean {
    if (offset < REGISTER_BYTES) return this.#known[offset >>> 2] === 1;
    return this.#memory.entries.has((offset - GGTT_OFFSET) >>> 3);
  }

  read(space: AccessSpace, offset: number, size: number): Answer {
    return this.peek(space, offset, size);
  }

  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void {
    this.poke(space, offset, size, low, high);
  }

  showMemory(address: number, bytes: Uint8Array): void {
    this.vgpu.showMemory(address, bytes);
  }

  /** Time stands still. */
  advanceTo(): boolean {
    return true;
  }

  readonly hasWork = false;
  readonly lacksMemory = false;
  stepWork(): void {}
  runWork(): void {}
  nextWork(): undefined {}
  viewWork(): undefined {}

  peek(space: PeekSpace, address: number, size: number): Answer {
    if (space === 'io' || (space === 'config' && !this.#hasConfig)) return UNKNOWN;
    if (space === 'mmio') {
      for (let at = address - (address % 4); at < address + size; at += 4)
        if (!this.shows(at)) return UNKNOWN;
    }
    return this.vgpu.peek(space, address, size);
  }

  poke(space: PeekSpace, address: number, size: number, low: number, high: number): boolean {
    if (!this.vgpu.poke(space, address, size, low, high)) return false;
    if (space === 'mmio') this.#learn(address, size);
    return true;
  }

  setListener(listener: DeviceListener | undefined): void {
    this.vgpu.setListener(listener);
  }

  save(): CapturedSnapshot {
    const vgpu = this.vgpu.save();
    const { entries } = this.#memory;
    const ownBytes = vgpu.ownBytes + this.#known.length + entries.size * 16;
    return { vgpu, known: this.#known.slice(), entries: new Set(entries), ownBytes };
  }

  /** @throws TypeError for a snapshot of another device */
  restore(snapshot: DeviceSnapshot): void {
    if (!isCapturedSnapshot(snapshot)) throw new TypeError('a snapshot of another device');
    this.vgpu.restore(snapshot.vgpu);
    this.#known = snapshot.known.slice();
    this.#memory.entries.clear();
    for (const entry of snapshot.entries) this.#memory.entries.add(entry);
  }

  hash(): string {
    const hasher = new StateHasher();
    hasher.string(this.vgpu.hash());
    for (const known of this.#known) hasher.word(known);
    for (const entry of [...this.#memory.entries].sort((a, b) => a - b)) hasher.word(entry);
    return hasher.digest();
  }

  #fill({ registers, mmio, config, buffers, engines }: CapturedState): void {
    if (mmio !== undefined) {
      const view = new DataView(mmio.buffer, mmio.byteOffset, mmio.length);
      const end = Math.min(mmio.length, REGISTER_BYTES) & ~3;
      for (let at = 0; at < end; at += 4) this.poke('mmio', at, 4, view.getUint32(at, true), 0);
    }
    for (const { offset, value } of registers) this.poke('mmio', offset, 4, value, 0);
    for (const [at, byte] of (config ?? new Uint8Array()).entries()) {
      this.poke('config', at, 1, byte, 0);
    }
    for (const buffer of buffers) {
      const at = engines.find(({ name }) => name === buffer.engine);
      this.#memory.place(buffer, this.#rootOf(buffer.engine, at?.levels ?? 4));
    }
    for (const engine of engines) this.#stand(engine);
  }

  #learn(address: number, size: number): void {
    for (let at = address - (address % 4); at < address + size; at += 4) {
      if (at < REGISTER_BYTES) this.#known[at >>> 2] = 1;
      else if (at >= GGTT_OFFSET) this.#memory.entries.add((at - GGTT_OFFSET) >>> 3);
    }
  }

  #rootOf(name: string, levels: 3 | 4): CapturedRoot {
    const engine = allEngines(this.vgpu.core).find(({ row }) => row.name === name);
    const pdp = (n: number) => {
      if (engine === undefined) return 0;
      const at = RING.pageDirectories + n * 8;
      return (ringGet(engine, at + 4) & 0xffff) * 2 ** 32 + ringGet(engine, at);
    };
    return { levels, tables: [pdp(0), pdp(1), pdp(2), pdp(3)] };
  }

  #stand({ name, context = 0, levels, batch }: CapturedEngine): void {
    const engine = allEngines(this.vgpu.core).find(({ row }) => row.name === name);
    if (engine === undefined) return;
    const low = (context | (levels === 4 ? 3 << 3 : 1 << 3) | 1) >>> 0;
    engine.state.running = { elements: [{ low, high: 0 }], current: 0, slot: 0 };
    engine.state.phase = 'run';
    engine.state.stall = 'captured';
    if (batch === undefined) return;
    engine.state.batches = [{ kind: 'batch', ...batch, end: -1 }];
  }
}

function isCapturedSnapshot(snapshot: DeviceSnapshot): snapshot is CapturedSnapshot {
  return 'known' in snapshot && 'entries' in snapshot;
}

const TRANS_CONF = 0x70008;
/** What the picture of a pipe that is on needs at least: besides, PIPESRC, control and surface of the primary plane. */
const SCREEN_REGISTERS = [TRANS_CONF, 0x6001c, 0x70180, 0x7019c];

/** Views of a dump: page-table entries that it does not show are unknown, and so is a screen of which it lacks registers. */
export class CapturedViews extends VgpuViews {
  readonly #device: CapturedVgpu;

  constructor(device: CapturedVgpu) {
    super(device.vgpu);
    this.#device = device;
  }

  override screen(pipe?: number): ScreenValue {
    const { core } = this.#device.vgpu;
    const shows = (offset: number, each: number) => this.#device.shows(offset + each * PIPE_STRIDE);
    const known = PIPES.filter((each) => shows(TRANS_CONF, each));
    const asked = pipe ?? known.find((each) => pipeEnabled(core, each)) ?? known[0] ?? 0;
    const needed = pipeEnabled(core, asked) ? SCREEN_REGISTERS : [TRANS_CONF];
    if (needed.every((offset) => shows(offset, asked))) return super.screen(asked);
    const name = 'ABC'[asked] ?? '';
    return noPicture(name, `the dump lacks registers of pipe ${name}: its screen is not known`);
  }

  override ggtt(start: number, count: number): readonly PteValue[] {
    return super.ggtt(start, count).map((entry) => {
      if (this.#device.shows(GGTT_OFFSET + entry.index * 8)) return entry;
      return { ...entry, entry: UNKNOWN, target: 'unknown' };
    });
  }
}
