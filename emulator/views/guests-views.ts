import type { ScreenValue } from '../display/screen/screen-value.ts';
import type { HostDevice } from '../host/host-device.ts';
import type { CommandRange, CommandValue, EngineDetail, EngineValue } from './engine-view-types.ts';
import type { HostFileValue, HostValue } from './host-views.ts';
import type { ShadowValue } from './shadow-views.ts';
import { VgpuViews } from './vgpu-views.ts';
import type { InterruptGroupValue, PteValue, WalkStepValue } from './view-types.ts';

/**
 * What a debugger asks of a host with its guests: of the guest that is looked at, but of all guests' engines. An
 * engine can be called by the name that it has among all, or by its own for that guest's.
 */
export class GuestsViews {
  /** Each guest's own views, in which engines have their own names. */
  readonly guests: readonly VgpuViews[];
  readonly #device: HostDevice;

  constructor(device: HostDevice) {
    this.#device = device;
    this.guests = device.guests.map((guest) => new VgpuViews(guest.vgpu, device.host));
  }

  engines(): readonly EngineValue[] {
    const { guests } = this.#device;
    return guests.flatMap((guest, index) =>
      this.#at(index)
        .engines()
        .map((engine) => ({ ...engine, name: this.#device.engineName(guest, engine.name) })),
    );
  }

  engine(name: string): EngineDetail | undefined {
    const { views, own } = this.#find(name);
    const detail = views.engine(own);
    return detail && { ...detail, name };
  }

  get platform(): string {
    return this.#present.platform;
  }

  commands(range: CommandRange): readonly CommandValue[] {
    const { views, own } = this.#find(range.engine);
    return views.commands({ ...range, engine: own });
  }

  dword(engine: string, space: 'ggtt' | 'ppgtt', address: number): number | undefined {
    const { views, own } = this.#find(engine);
    return views.dword(own, space, address);
  }

  ggtt(start: number, count: number): readonly PteValue[] {
    return this.#present.ggtt(start, count);
  }

  walk(space: 'ggtt' | 'ppgtt', address: number, root?: number | string): readonly WalkStepValue[] {
    if (typeof root !== 'string') return this.#present.walk(space, address, root);
    const { views, own } = this.#find(root);
    return views.walk(space, address, own);
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

  hostFiles(folder: string): readonly HostFileValue[] {
    return this.#present.hostFiles(folder);
  }

  hostScreen(pipe?: number): ScreenValue | undefined {
    return this.#present.hostScreen(pipe);
  }

  get #present(): VgpuViews {
    return this.#at(this.#device.guests.indexOf(this.#device.present));
  }

  #find(engine: string): { readonly views: VgpuViews; readonly own: string } {
    const { guests } = this.#device;
    const prefixes = guests.map((guest) => this.#device.engineName(guest, ''));
    const index = prefixes.findIndex((prefix) => prefix !== '' && engine.startsWith(prefix));
    if (index < 0) return { views: this.#present, own: engine };
    return { views: this.#at(index), own: engine.slice(prefixes[index]?.length) };
  }

  #at(index: number): VgpuViews {
    const views = this.guests[index];
    if (views === undefined) throw new RangeError(`there is no guest ${index}`);
    return views;
  }
}
