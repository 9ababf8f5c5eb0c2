import type * as vscode from 'vscode';
import type { Reading } from '../../timeline/index.ts';

const KEY = 'vgpu.readings';

/** How the user said that traces are to be read, by path; kept with the workspace. */
export class KnownReadings {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Empty where nothing was said. */
  of(path: string): Reading {
    return this.#all()[path] ?? {};
  }

  async keep(path: string, reading: Reading): Promise<void> {
    const { [path]: _before, ...others } = this.#all();
    const all = Object.keys(reading).length === 0 ? others : { ...others, [path]: reading };
    await this.#state.update(KEY, all);
  }

  #all(): Readonly<Record<string, Reading>> {
    return this.#state.get<Readonly<Record<string, Reading>>>(KEY) ?? {};
  }
}
