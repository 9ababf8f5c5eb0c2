import type { SwitchedRegister } from '../../emulator/index.ts';

/** Follows the registers of switches between owners of an engine, which come in the order of a table. */
export class RenderSwitches {
  readonly #switched: readonly SwitchedRegister[];
  #list: readonly SwitchedRegister[] = [];
  #at = 0;
  #between = '';

  /** Those that are switched, without those that the context image brings along. */
  constructor(switched: readonly SwitchedRegister[]) {
    this.#switched = switched;
  }

  /** Offset of the register that is next in the present switch. */
  get expected(): string {
    return this.#list[this.#at]?.offset.toString(16) ?? 'none';
  }

  /** The row of the register that is switched now; undefined where another one's turn would be. */
  next(from: number, to: number, offset: number): SwitchedRegister | undefined {
    const between = `${from} ${to}`;
    if (between !== this.#between || this.#at >= this.#list.length) {
      const isCutShort = this.#at < this.#list.length;
      const engine = this.#switched.find((row) => row.offset === offset)?.engine;
      this.#list = this.#switched.filter((row) => row.engine === engine);
      this.#at = 0;
      this.#between = between;
      if (isCutShort) return undefined;
    }
    const row = this.#list[this.#at];
    if (row?.offset !== offset) return undefined;
    this.#at++;
    return row;
  }
}
