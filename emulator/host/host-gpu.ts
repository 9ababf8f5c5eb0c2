import type { AccessSpace } from '../device-model.ts';
import type { ScreenValue } from '../display/screen/screen-value.ts';
import { RegisterFile } from '../mmio/register-file.ts';
import type { RegisterMap } from '../mmio/register-map.ts';
import { StateHasher } from '../state/hash.ts';
import { hashPlain } from '../state/plain.ts';
import { Vgpu } from '../vgpu.ts';
import { createRecord, destroyRecord, type VgpuRequest } from './admission.ts';
import { attachVgpu, connectServices, detachVgpu } from './attachment.ts';
import { DISPLAY_READY, requestForeground, tickDisplay } from './foreground.ts';
import { mmioDiff, writeHostFence } from './hardware.ts';
import { coreOf, type Host, recordOf } from './host.ts';
import type { HostConfig } from './host-config.ts';
import type { HostListener } from './host-events.ts';
import { ERRNO, type HostProblem, isProblem } from './host-problem.ts';
import { hostScreen } from './host-screen.ts';
import { type HostSnapshot, restoreHost, saveHost } from './host-snapshot.ts';
import { initialHost, type VgpuRecord } from './host-state.ts';
import { HostedVgpu, type HostSide } from './hosted-vgpu.ts';
import type { Hypervisor } from './hypervisor/hypervisor.ts';
import { loadImage, saveImage } from './migration.ts';
import { ownsEngine, takeEnginesFor } from './ownership.ts';
import { advanceHost, hasPendingWork, kick, runHost, settle } from './slices.ts';

const FENCES_FIRST = 0x100000;
const FENCES_END = 0x100080;
/** Pipes, planes and panel fitters. */
const DISPLAY_FIRST = 0x68000;
const DISPLAY_END = 0x73000;

/** A physical GPU that several vGPUs share (gvt-facts §11, §12). */
export class HostGpu {
  /** For parts of this package. */
  readonly host: Host;
  readonly #map: RegisterMap;
  readonly #side: HostSide;

  constructor(config: HostConfig, map: RegisterMap, hypervisor?: Hypervisor) {
    this.#map = map;
    this.host = {
      config,
      hardware: new RegisterFile(map, config.golden),
      hypervisor,
      devices: new Map(),
      state: initialHost(map.tables.engines.length),
      listener: undefined,
    };
    this.#side = {
      beforeAccess: (id, space, direction, offset, size) => {
        const { hypervisor } = this.host;
        hypervisor?.beginRecorded(this.#domainOf(id), space, direction, offset, size);
      },
      afterAccess: (id, space, offset, wrote) => {
        this.host.hypervisor?.endRecorded(this.#domainOf(id), space);
        this.#afterAccess(id, space, offset, wrote);
      },
      beforeWork: (id) => takeEnginesFor(this.host, id),
      afterWork: () => settle(this.host),
      advance: (id, ns) => this.#advanceOne(id, ns),
    };
  }

  /** Nanoseconds. */
  get now(): number {
    return this.host.state.now;
  }

  get vgpus(): readonly Readonly<VgpuRecord>[] {
    return this.host.state.vgpus;
  }

  /** vGPU that owns an engine, by its name; 0 is the host. */
  ownerOf(engine: string): number {
    const index = this.#map.tables.engines.findIndex(({ name }) => name === engine);
    return this.host.state.owners[index] ?? 0;
  }

  setListener(listener: HostListener | undefined): void {
    this.host.listener = listener;
  }

  /** The id of the new vGPU, or what the host lacks. */
  create(request: VgpuRequest): number | HostProblem {
    const record = createRecord(this.host, request);
    if (isProblem(record)) return record;
    this.#build(record);
    return record.id;
  }

  destroy(id: number): HostProblem | undefined {
    const record = recordOf(this.host, id);
    const device = this.host.devices.get(id);
    if (!record || !device) return noVgpu(id);
    destroyRecord(this.host, record, device);
    this.host.devices.delete(id);
    return undefined;
  }

  /** Puts a vGPU into a domain (0 is the host and has none), and starts to schedule it. */
  attach(id: number, domid: number): HostProblem | undefined {
    const problem = attachVgpu(this.host, id, domid);
    if (problem === undefined) kick(this.host);
    return problem;
  }

  detach(id: number): void {
    detachVgpu(this.host, id);
  }

  /** The vGPU as its guest and a timeline use it. */
  device(id: number): HostedVgpu | undefined {
    return this.host.devices.get(id);
  }

  /** Moves the clocks of the host and of all vGPUs. */
  advanceTo(ns: number): void {
    while (!advanceHost(this.host, ns)) runHost(this.host);
  }

  /** vGPU whose picture is on the host's screen; 0 for the host itself. */
  get foreground(): number {
    return this.host.state.foreground;
  }

  /** Writes `foreground_vm` (gvt-facts §14.4). Undefined where all is well. */
  writeForegroundVm(text: string): HostProblem | undefined {
    return requestForeground(this.host, text);
  }

  /** Goes on until a display switch that was asked for has happened. False where engines draw for longer than `ns`. */
  finishDisplaySwitch(ns: number): boolean {
    const { host } = this;
    const end = host.state.now + ns;
    while (host.state.wantedForeground >= 0 && host.state.displayAt <= end) {
      this.advanceTo(host.state.displayAt);
    }
    return host.state.wantedForeground < 0;
  }

  /** What is on the host's screen. `pipe` 0 to 2; the first that is on if absent. */
  screen(pipe?: number): ScreenValue {
    return hostScreen(this.host, pipe);
  }

  /** The debug file `mmio_diff` of a vGPU (gvt-facts §12.6). */
  mmioDiff(id: number): string | undefined {
    const device = this.host.devices.get(id);
    if (device === undefined) return undefined;
    const { registers } = device.vgpu.core;
    const own = (offset: number) => device.copyOf(offset) ?? registers.get(offset);
    return mmioDiff(this.host.hardware, own);
  }

  /** A vGPU for another host of equal layout, at any moment of its life (gvt-facts §12.5). */
  saveImage(id: number): Uint8Array | HostProblem {
    const core = coreOf(this.host, id);
    return core ? saveImage(core) : noVgpu(id);
  }

  /** Into a vGPU that was just made like the one that was saved, and whose guest memory is in place. */
  loadImage(id: number, image: Uint8Array): HostProblem | undefined {
    const core = coreOf(this.host, id);
    const record = recordOf(this.host, id);
    if (!core || !record) return noVgpu(id);
    const problem = loadImage(core, image);
    if (problem) return problem;
    record.born = this.host.state.now - core.state.now;
    for (let at = FENCES_FIRST; at < FENCES_END; at += 8) this.#writeFence(id, at);
    kick(this.host);
    return undefined;
  }

  save(): HostSnapshot {
    return saveHost(this.host);
  }

  /** Brings back the vGPUs that there were, and no others. */
  restore(snapshot: HostSnapshot): void {
    restoreHost(this.host, snapshot, (record) => this.#build(record));
  }

  /** 32 hex digits over everything that `restore` restores. */
  hash(): string {
    const hasher = new StateHasher();
    hashPlain(this.host.state, hasher);
    hashPlain(this.host.hypervisor?.save() ?? [], hasher);
    this.host.hardware.values.hashInto(hasher);
    for (const { id } of this.host.state.vgpus) {
      hasher.string(this.host.devices.get(id)?.hash() ?? '');
    }
    return hasher.digest();
  }

  #build(record: VgpuRecord): HostedVgpu {
    const vgpu = new Vgpu(record.config, this.#map);
    if (this.host.config.scheduling === 'sliced') vgpu.core.state.engines.gate = 'closed';
    vgpu.core.ownsEngine = (index) => ownsEngine(this.host, index, record.id);
    const device = new HostedVgpu(record.id, record.serial, vgpu, this.#side);
    this.host.devices.set(record.id, device);
    if (record.domid >= 0) connectServices(this.host, record, device);
    return device;
  }

  #domainOf(id: number): number {
    return recordOf(this.host, id)?.domid ?? -1;
  }

  #advanceOne(id: number, ns: number): boolean {
    const { host } = this;
    const record = recordOf(host, id);
    const device = host.devices.get(id);
    if (!record || !device) return true;
    if (host.config.scheduling === 'sliced') {
      while (!advanceHost(host, record.born + ns)) {
        runHost(host, id);
        if (device.hasWork) return false;
      }
      return true;
    }
    const done = device.vgpu.advanceTo(ns);
    host.state.now = Math.max(host.state.now, record.born + device.vgpu.now);
    tickDisplay(host);
    return done;
  }

  #afterAccess(id: number, space: AccessSpace, offset: number, wrote: boolean): void {
    if (!wrote || space !== 'mmio') return;
    if (offset >= FENCES_FIRST && offset < FENCES_END) this.#writeFence(id, offset);
    else if (offset >= DISPLAY_FIRST && offset < DISPLAY_END) this.#showChange(id, offset);
    else if (offset === DISPLAY_READY) this.#tellReady(id);
    if (hasPendingWork(this.host, id)) kick(this.host);
  }

  /** The guest's fence n is the n-th host fence of the vGPU (gvt-facts §4.3). */
  #writeFence(id: number, offset: number): void {
    const index = (offset - FENCES_FIRST) >>> 3;
    const fence = this.host.state.holdings.find((each) => each.id === id)?.fences[index];
    const registers = this.host.devices.get(id)?.vgpu.core.registers;
    if (fence === undefined || !registers) return;
    const [low, high] = [0, 4].map((half) => registers.get(FENCES_FIRST + index * 8 + half));
    writeHostFence(this.host.hardware, this.host.listener, fence, low ?? 0, high ?? 0);
  }

  /** What is on the screen follows its vGPU. */
  #showChange(id: number, offset: number): void {
    const registers = this.host.devices.get(id)?.vgpu.core.registers;
    if (id !== this.host.state.foreground || !registers) return;
    const at = offset - (offset & 3);
    this.host.hardware.set(at, registers.get(at));
  }

  #tellReady(id: number): void {
    const ready =
      this.host.devices.get(id)?.vgpu.core.registers.get(DISPLAY_READY) === 0 ? '0' : '1';
    this.host.listener?.uevent?.({ GVT_DISPLAY_READY: ready, VMID: String(id) });
  }
}

function noVgpu(id: number): HostProblem {
  return { errno: ERRNO.noDevice, problem: `There is no vGPU ${id}.` };
}
