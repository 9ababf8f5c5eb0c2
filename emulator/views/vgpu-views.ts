import type { Core } from '../core.ts';
import { screenOf } from '../display/screen/screen.ts';
import type { ScreenValue } from '../display/screen/screen-value.ts';
import { rootOf } from '../engine/gpu-memory.ts';
import { peekGpu } from '../engine/peek-command.ts';
import type { HostGpu } from '../host/host-gpu.ts';
import type { Vgpu } from '../vgpu.ts';
import { commandViews } from './command-views.ts';
import type { CommandRange, CommandValue, EngineDetail, EngineValue } from './engine-view-types.ts';
import { engineDetail, engineNamed, engineViews } from './engine-views.ts';
import { pteViews, walkGgtt, walkPpgttFrom, walkPpgttOf } from './gtt-views.ts';
import { type HostFileValue, type HostValue, hostFileViews, hostViews } from './host-views.ts';
import { interruptViews } from './interrupt-views.ts';
import { configViews, registerView, registerViews } from './register-views.ts';
import { type ShadowValue, shadowViews } from './shadow-views.ts';
import type { InterruptGroupValue, PteValue, RegisterValue, WalkStepValue } from './view-types.ts';

/** A named group of registers: an engine or a block. */
export interface BlockValue {
  readonly name: string;
  /** Dwords. */
  readonly registers: number;
  readonly kind: 'engine' | 'block';
}

/** What a debugger asks of the bundled vGPU. Nothing here disturbs it. */
export class VgpuViews {
  readonly #core: Core;
  readonly #host: HostGpu | undefined;

  /** `host`: on which the vGPU is. */
  constructor(vgpu: Vgpu, host?: HostGpu) {
    this.#core = vgpu.core;
    this.#host = host;
  }

  blocks(): readonly BlockValue[] {
    const counts = new Map<string, BlockValue>();
    for (const descriptor of this.#core.registers.map.descriptors) {
      if (!descriptor) continue;
      const registers = (counts.get(descriptor.block)?.registers ?? 0) + descriptor.count;
      const kind = descriptor.engine ? 'engine' : 'block';
      counts.set(descriptor.block, { name: descriptor.block, registers, kind });
    }
    return [...counts.values()];
  }

  registers(block: string): readonly RegisterValue[] {
    return registerViews(this.#core, block);
  }

  /** The register dword at a BAR0 offset, named or not; undefined outside the register file. */
  registerAt(offset: number): RegisterValue | undefined {
    const descriptor = this.#core.registers.map.at(offset);
    if (descriptor) return registerView(this.#core, descriptor, (offset - descriptor.offset) >>> 2);
    return undefined;
  }

  config(): readonly RegisterValue[] {
    return configViews(this.#core);
  }

  interrupts(): readonly InterruptGroupValue[] {
    return interruptViews(this.#core);
  }

  engines(): readonly EngineValue[] {
    return engineViews(this.#core);
  }

  engine(name: string): EngineDetail | undefined {
    return engineDetail(this.#core, name);
  }

  /** Short name of what the device is: `skl`. */
  get platform(): string {
    return this.#core.config.platform;
  }

  commands(range: CommandRange): readonly CommandValue[] {
    return commandViews(this.#core, range);
  }

  /** What is kept of the guest's page tables. */
  shadow(): ShadowValue {
    return shadowViews(this.#core);
  }

  /** The host that it shares with others; undefined for a vGPU without one. */
  host(): HostValue | undefined {
    return this.#host && hostViews(this.#host.host);
  }

  hostFiles(folder: string): readonly HostFileValue[] {
    return this.#host === undefined ? [] : hostFileViews(this.#host, folder);
  }

  /** What is on the host's screen; undefined for a vGPU without a host. */
  hostScreen(pipe?: number): ScreenValue | undefined {
    return this.#host?.screen(pipe);
  }

  /** Dword at a graphics address as an engine sees it; undefined where it is not mapped or not known. */
  dword(engine: string, space: 'ggtt' | 'ppgtt', address: number): number | undefined {
    const found = engineNamed(this.#core, engine);
    return found === undefined ? undefined : peekGpu(found, space, address);
  }

  ggtt(start: number, count: number): readonly PteValue[] {
    return pteViews(this.#core, start, count);
  }

  /** `root`: address of a PML4, or an engine that has loaded page tables; else those that the guest announced last. */
  walk(space: 'ggtt' | 'ppgtt', address: number, root?: number | string): readonly WalkStepValue[] {
    if (space === 'ggtt') return walkGgtt(this.#core, address);
    if (typeof root === 'string') {
      const engine = engineNamed(this.#core, root);
      return engine === undefined ? [] : walkPpgttOf(this.#core, rootOf(engine), address);
    }
    return walkPpgttFrom(this.#core, address, root);
  }

  /** What a pipe, 0 to 2, shows its monitor; without one the first that is on. */
  screen(pipe?: number): ScreenValue {
    return screenOf(this.#core, pipe);
  }
}
