import type { AccessRun, RunProgress } from './access-columns.ts';
import { advanceClock } from './alarms.ts';
import type { Core } from './core.ts';
import type {
  AccessSpace,
  Answer,
  DeviceListener,
  DeviceModel,
  DeviceSnapshot,
  PeekSpace,
  WorkBrief,
  WorkView,
} from './device-model.ts';
import { resetDevice, settleRegisters } from './device-reset.ts';
import { plugMonitor } from './display/hotplug.ts';
import { connectMonitor } from './display/monitor.ts';
import { copyOf } from './engine/read-through.ts';
import { lacksMemory, nextWork, runWork, stepWork, viewWork } from './engine/work.ts';
import { readAperture, writeAperture } from './gtt/aperture.ts';
import { writeApertureRun } from './gtt/aperture-run.ts';
import { GGTT_ENTRIES } from './gtt/ggtt.ts';
import { tableWatcher, watchTables } from './gtt/shadow/shadow-writes.ts';
import { runAccesses } from './mmio/access-run.ts';
import { readMmio, writeMmio } from './mmio/mmio-access.ts';
import { RegisterFile } from './mmio/register-file.ts';
import type { RegisterMap } from './mmio/register-map.ts';
import { readConfig, writeConfig } from './pci/config-access.ts';
import { makeOpRegion } from './pci/opregion.ts';
import { peekCore, pokeCore } from './peek.ts';
import { populatePvinfo } from './pvinfo/pvinfo.ts';
import type { DeviceServices } from './services.ts';
import { GuestMemory, type GuestMemorySnapshot, UNKNOWN } from './state/guest-memory.ts';
import { StateHasher } from './state/hash.ts';
import type { MemorySource } from './state/memory-source.ts';
import { PagedWords, type PagedWordsSnapshot } from './state/paged-words.ts';
import { copyPlain, hashPlain } from './state/plain.ts';
import type { VgpuConfig } from './vgpu-config.ts';
import { initialState, type VgpuState } from './vgpu-state.ts';

/** One complete vGPU. */
export class Vgpu implements DeviceModel {
  /** For blocks and views of this package. */
  readonly core: Core;

  constructor(config: VgpuConfig, map: RegisterMap) {
    this.core = {
      config,
      registers: new RegisterFile(map, config.golden),
      ggtt: new PagedWords(GGTT_ENTRIES * 2),
      memory: new GuestMemory(),
      state: initialState(config, map.tables.engines),
      listener: undefined,
      services: undefined,
    };
    this.core.memory.watcher = tableWatcher(this.core);
    settleRegisters(this.core);
    populatePvinfo(this.core);
    connectMonitor(this.core);
  }

  get now(): number {
    return this.core.state.now;
  }

  read(space: AccessSpace, offset: number, size: number): Answer {
    switch (space) {
      case 'mmio':
        return readMmio(this.core, offset, size);
      case 'aperture':
        return readAperture(this.core, offset, size);
      case 'config':
        return readConfig(this.core, offset, size);
      case 'io':
        return UNKNOWN; // BAR4 is not implemented by GVT-g (gvt-facts §1.2).
    }
  }

  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void {
    switch (space) {
      case 'mmio':
        return writeMmio(this.core, offset, size, low, high);
      case 'aperture':
        return writeAperture(this.core, offset, size, low, high);
      case 'config':
        return writeConfig(this.core, offset, size, low);
      case 'io':
        return;
    }
  }

  writeApertureRun(
    addresses: Uint32Array,
    values: Uint32Array,
    first: number,
    end: number,
  ): number {
    return writeApertureRun(this.core, addresses, values, first, end);
  }

  runAccesses(run: AccessRun, first: number, end: number, progress: RunProgress): number {
    return runAccesses(this.core, run, first, end, progress);
  }

  showMemory(address: number, bytes: Uint8Array): void {
    this.core.memory.write(address, bytes);
    this.core.listener?.memoryWritten?.(address, bytes.length);
  }

  /** Puts the device under a running guest, whose memory it then uses; undefined takes it away again. */
  attachMemory(source: MemorySource | undefined): void {
    this.core.memory.source = source;
  }

  /** The hypervisor that runs the guest; it hears of windows, interrupts and page tables. */
  attachServices(services: DeviceServices | undefined): void {
    this.core.services = services;
  }

  /** The full reset, as by a function-level reset or when the guest reboots (gvt-facts §12.3). */
  reset(): void {
    resetDevice(this.core);
  }

  /** Level of INTA#, where the configuration has a legacy interrupt. */
  get interruptLine(): 0 | 1 {
    return this.core.state.config.interruptLine;
  }

  /** The OpRegion's two pages, for firmware to put into guest memory (gvt-facts §1.5). */
  get opRegion(): Uint8Array {
    return makeOpRegion();
  }

  /** The link of the DisplayPort monitor goes up or down, which the guest's driver is told. */
  plugMonitor(connected: boolean): void {
    plugMonitor(this.core, connected);
  }

  advanceTo(ns: number): boolean {
    return advanceClock(this.core, ns);
  }

  /** Device time of the next alarm in nanoseconds; undefined where none is set. For who drives a guest. */
  get nextAlarm(): number | undefined {
    return this.core.state.alarms[0]?.at;
  }

  get hasWork(): boolean {
    return this.core.state.engines.work;
  }

  stepWork(): void {
    stepWork(this.core);
  }

  runWork(): void {
    runWork(this.core);
  }

  nextWork(): WorkBrief | undefined {
    return nextWork(this.core);
  }

  viewWork(): WorkView | undefined {
    return viewWork(this.core);
  }

  get lacksMemory(): boolean {
    return lacksMemory(this.core);
  }

  peek(space: PeekSpace, address: number, size: number): Answer {
    return peekCore(this.core, space, address, size);
  }

  poke(space: PeekSpace, address: number, size: number, low: number, high: number): boolean {
    return pokeCore(this.core, space, address, size, low, high);
  }

  copyOf(offset: number): number | undefined {
    return copyOf(this.core, offset);
  }

  setListener(listener: DeviceListener | undefined): void {
    this.core.listener = listener;
    this.core.registers.listener = listener;
  }

  save(): VgpuSnapshot {
    const registers = this.core.registers.values.save();
    const ggtt = this.core.ggtt.save();
    const memory = this.core.memory.save();
    const ownBytes = registers.ownBytes + ggtt.ownBytes + memory.ownBytes + SMALL_STATE_BYTES;
    return { registers, ggtt, memory, state: copyPlain(this.core.state), ownBytes };
  }

  restore(snapshot: DeviceSnapshot): void {
    if (!isVgpuSnapshot(snapshot))
      throw new TypeError('This snapshot is of another kind of device.');
    this.core.registers.values.restore(snapshot.registers);
    this.core.ggtt.restore(snapshot.ggtt);
    this.core.memory.restore(snapshot.memory);
    this.core.state = copyPlain(snapshot.state);
    watchTables(this.core);
  }

  hash(): string {
    const hasher = new StateHasher();
    this.core.registers.values.hashInto(hasher);
    this.core.ggtt.hashInto(hasher);
    this.core.memory.hashInto(hasher);
    hashPlain(this.core.state, hasher);
    return hasher.digest();
  }
}

/** Configuration space and odds and ends; an estimate for checkpoint budgets. */
const SMALL_STATE_BYTES = 8192;

interface VgpuSnapshot extends DeviceSnapshot {
  readonly registers: PagedWordsSnapshot;
  readonly ggtt: PagedWordsSnapshot;
  readonly memory: GuestMemorySnapshot;
  readonly state: VgpuState;
}

function isVgpuSnapshot(snapshot: DeviceSnapshot): snapshot is VgpuSnapshot {
  return 'registers' in snapshot && 'ggtt' in snapshot && 'memory' in snapshot;
}
