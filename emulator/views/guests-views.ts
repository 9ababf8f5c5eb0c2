import type { ScreenValue } from '../display/screen/screen-value.ts';
import type { HostDevice } from '../host/host-device.ts';
import type { CommandRange, CommandValue, EngineDetail, EngineValue } from './engine-view-types.ts';
import type { HostValue } from './host-views.ts';
import type { ShadowValue } from './shadow-views.ts';
import { VgpuViews } from './vgpu-views.ts';
import type { InterruptGroupValue, PteValue, WalkStepValue } from './view-types.ts';

/** What a debugger asks of a host with its guests: of the guest that is looked at, but of all guests' engines. */
export class GuestsViews {
  /** Each guest's own views. */
  readonly guests: readonly VgpuViews[];
  readonly #device: HostDevice;

  constructor(device: HostDevice) {
    this.#device = device;
    this.guests = device.guests.map(
      (guest) => new VgpuViews(guest.vgpu, device.host, device.engineName(guest, '')),
    );
  }

  engines(): readonly EngineValue[] {
    return this.guests.flatMap((views) => views.engines());
  }

  engine(name: string): EngineDetail | undefined {
    return this.#ofEngine(name).engine(name);
  }

  commands(range: CommandRange): readonly CommandValue[] {
    return this.#ofEngine(range.engine).commands(range);
  }

  dword(engine: string, space: 'ggtt' | 'ppgtt', address: number): number | undefined {
    return this.#ofEngine(engine).dword(engine, space, address);
  }

  ggtt(start: number, count: number): readonly PteValue[] {
    return this.#present.ggtt(start, count);
  }

  walk(space: 'ggtt' | 'ppgtt', address: number, root?: number | string): readonly WalkStepValue[] {
    const views = typeof root === 'string' ? this.#ofEngine(root) : this.#present;
    return views.walk(space, address, root);
  }

  interrupts(): readonly InterruptGroupValue[] {
    return this.#present.interrupts();
  }

  screen(pipe?: number): ScreenValue {
    return this.#present.screen(pipe);
  }

  shadow(): ShadowValue {
    return this.#present.shadow();
  }

  host(): HostValue | undefined {
    return this.#present.host();
  }

  get #present(): VgpuViews {
    return this.#at(this.#device.guests.indexOf(this.#device.present));
  }

  #ofEngine(name: string): VgpuViews {
    const { guests } = this.#device;
    return this.#at(
      guests.findIndex((guest) => name.startsWith(this.#device.engineName(guest, ''))),
    );
  }

  #at(index: number): VgpuViews {
    const views = this.guests[Math.max(0, index)];
    if (views === undefined) throw new RangeError(`there is no guest ${index}`);
    return views;
  }
}
