import type {
  CommandEvent,
  DeviceModel,
  DeviceWriteEvent,
  Fault,
  InterruptEvent,
  WorkView,
} from '../device-model.ts';
import type { Vgpu } from '../vgpu.ts';
import type { VgpuConfig } from '../vgpu-config.ts';
import { testVgpu } from './test-vgpu.ts';
import { isUnheard } from './unheard.ts';

const PAGE = 4096;
/** In the own slice of the default configuration. */
const HIDDEN = 640 * 0x100000;
const GGTT_OFFSET = 0x800000;
/** Guest physical page that a context's page tables come from. */
const TABLES = 0x4000_0000;
/** Graphics addresses of what every guest has. */
export const STATUS_PAGE = HIDDEN;
export const SCRATCH = HIDDEN + PAGE;
/** A page that the contexts' PPGTT maps: at this address, behind the same memory as `SCRATCH`. */
export const USER_SCRATCH = 0x1_0000_1000;
/** Where user batches are put. */
export const USER_BATCH = 0x1_0000_0000;
const PML4 = TABLES;

export type EngineGuestOptions = Partial<VgpuConfig> & {
  readonly base?: number;
  /** On a host instead of on a vGPU of its own. */
  readonly hosted?: DeviceModel & { readonly vgpu: Vgpu };
};

/** A context as a driver makes it: image and ring in the GGTT. */
export interface GuestContext {
  readonly lrca: number;
  readonly ring: number;
  readonly id: number;
  /** Bytes of ring written so far. */
  tail: number;
}

/**
 * A guest that submits work: it speaks to a vGPU as i915 does, with one engine, a status page and one address space.
 * Its memory is shown to the device where it writes it.
 */
export class EngineGuest {
  readonly faults: Fault[] = [];
  readonly interrupts: InterruptEvent[] = [];
  readonly commands: CommandEvent[] = [];
  readonly writes: DeviceWriteEvent[] = [];
  readonly vgpu: Vgpu;
  readonly base: number;
  /** Graphics address where the own hidden slice begins: the status page is there, the scratch page behind it. */
  readonly hidden: number;
  /** The device as accesses go to it: the vGPU itself, or what a host makes of it. */
  readonly device: DeviceModel;
  #nextPage = 2;
  #nextContext = 1;

  /** `base`: of the engine, RCS0 if absent. Run lists and interrupts are on. */
  constructor({ base = 0x2000, hosted, ...config }: EngineGuestOptions = {}) {
    this.vgpu = hosted?.vgpu ?? testVgpu(config).vgpu;
    this.device = hosted ?? this.vgpu;
    this.hidden = this.vgpu.core.config.partition.hiddenBase;
    this.base = base;
    const [status, scratch] = [this.hidden, this.hidden + PAGE];
    this.vgpu.setListener({
      fault: (event) => {
        if (!isUnheard(event)) this.faults.push(event);
      },
      interrupt: (event) => this.interrupts.push(event),
      command: (event) => this.commands.push(event),
      deviceWrite: (event) => this.writes.push(event),
    });
    this.r(0x78000);
    for (const page of [status, scratch]) this.map(page);
    this.#mapUser();
    this.w(base + 0x80, status);
    this.w(base + 0x29c, 0x80008000);
    this.w(base + 0xa8, 0);
    for (const group of [0x44300, 0x44310, 0x44330]) {
      this.w(group + 4, 0);
      this.w(group + 0xc, 0xffffffff);
    }
    this.show(status, new Array(1024).fill(0));
    this.show(scratch, new Array(1024).fill(0));
  }

  r(offset: number): number {
    return this.device.read('mmio', offset, 4).low;
  }

  w(offset: number, value: number): void {
    this.device.write('mmio', offset, 4, value >>> 0, 0);
  }

  /** A register of the engine. */
  ring(register: number): number {
    return this.r(this.base + register);
  }

  /** Puts a page behind a graphics address; the guest physical one is the same. */
  map(address: number): void {
    this.device.write('mmio', GGTT_OFFSET + (address / PAGE) * 8, 8, (address | 1) >>> 0, 0);
  }

  /** Puts a page of guest memory behind `USER_BATCH` + `page` pages, 2 to 511, in the PPGTT. */
  mapUser(page: number, physical: number): void {
    this.vgpu.showMemory(TABLES + 3 * PAGE + page * 8, bytesOf([physical | 3, 0]));
  }

  /** Puts a page table behind the `tables`-th 2 MiB after those of `USER_BATCH`; answers the address that it maps first. */
  mapUserTable(tables: number, physical: number): number {
    const index = Math.floor(USER_BATCH / 2 ** 21) + tables;
    this.vgpu.showMemory(TABLES + 2 * PAGE + (index % 512) * 8, bytesOf([physical | 3, 0]));
    return index * 2 ** 21;
  }

  /** Dwords become known at a graphics address of the GGTT. */
  show(address: number, dwords: readonly number[]): void {
    this.vgpu.showMemory(address, bytesOf(dwords));
  }

  /** The dword there, undefined where it is unknown. */
  dword(address: number): number | undefined {
    const answer = this.vgpu.peek('ggtt', address, 4);
    return answer.known ? answer.low : undefined;
  }

  /** A batch for the PPGTT at `USER_BATCH` + `offset`. */
  userBatch(dwords: readonly number[], offset = 0): void {
    this.vgpu.showMemory(TABLES + 4 * PAGE + offset, bytesOf(dwords));
  }

  /** A new context whose first load is inhibited, as a driver's is. */
  context(change: readonly (readonly [register: number, value: number])[] = []): GuestContext {
    const [lrca, ring] = [this.#page(4), this.#page(1)];
    const id = this.#nextContext++;
    const pair = (register: number, value: number) => [this.base + register, value];
    const other = new Map(change);
    const value = (register: number, usual: number) => pair(register, other.get(register) ?? usual);
    const image = [
      0,
      0x1100101b,
      ...value(0x244, 0x00090009),
      ...[0x34, 0x30].flatMap((register) => value(register, 0)),
      ...value(0x38, ring),
      ...value(0x3c, 1),
      ...[0x168, 0x140, 0x110, 0x11c, 0x114, 0x118, 0x1c0, 0x1c4, 0x1c8].flatMap((register) =>
        value(register, 0),
      ),
      ...[0, 0, 0],
      0x11001011,
      ...value(0x3a8, 0),
      ...[0x28c, 0x288, 0x284, 0x280, 0x27c, 0x278, 0x274].flatMap((at) => value(at, 0)),
      ...value(0x270, PML4),
      ...new Array(13).fill(0),
      0x11001001,
      ...value(0x600, 0x1234),
      0x05000000,
    ];
    this.show(lrca + PAGE, image);
    return { lrca, ring, id, tail: 0 };
  }

  /** Puts commands behind those that are in a context's ring, and moves the tail in its image. */
  emit(context: GuestContext, dwords: readonly number[]): void {
    this.show(context.ring + context.tail, dwords);
    context.tail += dwords.length * 4;
    if (context.tail % 8 !== 0) {
      this.show(context.ring + context.tail, [0]);
      context.tail += 4;
    }
    this.show(context.lrca + PAGE + 0x1c, [context.tail]);
  }

  /** ELSP with one context or two; nothing is executed yet. */
  submit(first: GuestContext, second?: GuestContext): void {
    const elsp = this.base + 0x230;
    const low = (context: GuestContext) => context.lrca | 0x119;
    this.w(elsp, second?.id ?? 0);
    this.w(elsp, second === undefined ? 0 : low(second));
    this.w(elsp, first.id);
    this.w(elsp, low(first));
  }

  /** Emits, submits and lets the engine do what it can. */
  run(context: GuestContext, dwords: readonly number[]): void {
    this.emit(context, dwords);
    this.submit(context);
    this.device.runWork();
  }

  /** One event of work after the other, with what each was; at most `most`. */
  steps(most = 1000): WorkView[] {
    const views: WorkView[] = [];
    while (this.vgpu.hasWork && views.length < most) {
      const view = this.vgpu.viewWork();
      if (view !== undefined) views.push(view);
      this.vgpu.stepWork();
    }
    return views;
  }

  /** Moves the clock, with all work on the way. */
  advanceTo(ns: number): void {
    while (!this.vgpu.advanceTo(ns)) this.vgpu.runWork();
  }

  /** Entries of the status page's context status buffer: status and context id. */
  statusEntry(index: number): readonly [number | undefined, number | undefined] {
    const at = this.hidden + 0x40 + index * 8;
    return [this.dword(at), this.dword(at + 4)];
  }

  #page(count: number): number {
    const first = this.hidden + this.#nextPage * PAGE;
    this.#nextPage += count;
    for (let page = 0; page < count; page++) this.map(first + page * PAGE);
    return first;
  }

  /** PML4 → PDP → PD → PT; entry 0 of the last is the batch's page, entry 1 the scratch page. */
  #mapUser(): void {
    const entry = (address: number) => [(address | 3) >>> 0, 0];
    for (let table = 0; table < 4; table++)
      this.show(TABLES + table * PAGE, new Array(1024).fill(0));
    this.show(PML4, [...entry(TABLES + PAGE)]);
    // 0x1_0000_0000: entry 4 of the page directory pointers.
    this.show(TABLES + PAGE + 4 * 8, entry(TABLES + 2 * PAGE));
    this.show(TABLES + 2 * PAGE, entry(TABLES + 3 * PAGE));
    this.show(TABLES + 3 * PAGE, [...entry(TABLES + 4 * PAGE), ...entry(this.hidden + PAGE)]);
  }
}

function bytesOf(dwords: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(dwords, (dword) => dword >>> 0).buffer);
}
