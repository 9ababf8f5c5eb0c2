import type {
  AccessSpace,
  Answer,
  DeviceListener,
  DeviceModel,
  DeviceSnapshot,
  PeekSpace,
  WorkBrief,
  WorkView,
} from '../device-model.ts';
import type { Vgpu } from '../vgpu.ts';

/** What the host does around a vGPU's accesses and work. */
export interface HostSide {
  /** The guest is about to access the device. */
  beforeAccess(
    id: number,
    space: AccessSpace,
    direction: 'read' | 'write',
    offset: number,
    size: number,
  ): void;
  /** The access is done. */
  afterAccess(id: number, space: AccessSpace, offset: number, wrote: boolean): void;
  /** The vGPU is about to execute: engines that it uses become its own. */
  beforeWork(id: number): void;
  /** It has done what it could. */
  afterWork(id: number): void;
  /** Device time of this vGPU moves to `ns`. False where it stopped, as there is work to be done first. */
  advance(id: number, ns: number): boolean;
}

/** A vGPU on a shared host, as its guest and a timeline see it. */
export class HostedVgpu implements DeviceModel {
  readonly id: number;
  /** Of its record. */
  readonly serial: number;
  readonly vgpu: Vgpu;
  readonly #host: HostSide;

  constructor(id: number, serial: number, vgpu: Vgpu, host: HostSide) {
    this.id = id;
    this.serial = serial;
    this.vgpu = vgpu;
    this.#host = host;
  }

  get now(): number {
    return this.vgpu.now;
  }

  read(space: AccessSpace, offset: number, size: number): Answer {
    this.#host.beforeAccess(this.id, space, 'read', offset, size);
    const answer = this.vgpu.read(space, offset, size);
    this.#host.afterAccess(this.id, space, offset, false);
    return answer;
  }

  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void {
    this.#host.beforeAccess(this.id, space, 'write', offset, size);
    this.vgpu.write(space, offset, size, low, high);
    this.#host.afterAccess(this.id, space, offset, true);
  }

  showMemory(address: number, bytes: Uint8Array): void {
    this.vgpu.showMemory(address, bytes);
  }

  advanceTo(ns: number): boolean {
    return this.#host.advance(this.id, ns);
  }

  get hasWork(): boolean {
    return this.vgpu.hasWork;
  }

  stepWork(): void {
    this.#host.beforeWork(this.id);
    this.vgpu.stepWork();
    if (!this.vgpu.hasWork) this.#host.afterWork(this.id);
  }

  runWork(): void {
    while (this.vgpu.hasWork) this.stepWork();
  }

  nextWork(): WorkBrief | undefined {
    return this.vgpu.nextWork();
  }

  viewWork(): WorkView | undefined {
    return this.vgpu.viewWork();
  }

  get lacksMemory(): boolean {
    return this.vgpu.lacksMemory;
  }

  peek(space: PeekSpace, address: number, size: number): Answer {
    return this.vgpu.peek(space, address, size);
  }

  poke(space: PeekSpace, address: number, size: number, low: number, high: number): boolean {
    return this.vgpu.poke(space, address, size, low, high);
  }

  copyOf(offset: number): number | undefined {
    return this.vgpu.copyOf(offset);
  }

  setListener(listener: DeviceListener | undefined): void {
    this.vgpu.setListener(listener);
  }

  save(): DeviceSnapshot {
    return this.vgpu.save();
  }

  restore(snapshot: DeviceSnapshot): void {
    this.vgpu.restore(snapshot);
  }

  hash(): string {
    return this.vgpu.hash();
  }
}
