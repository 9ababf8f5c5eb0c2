import type { DeviceListener } from '../device-model.ts';
import type { GoldenState } from '../golden-state.ts';
import { hearsRegister } from '../listener-interest.ts';
import { PagedWords } from '../state/paged-words.ts';
import { modeOf } from './access-mode.ts';
import { MMIO_SIZE, type RegisterMap } from './register-map.ts';

/** The 2 MiB of registers of one vGPU ("vreg"): values, and what the hot path needs to know of each row. */
export class RegisterFile {
  readonly map: RegisterMap;
  readonly values = new PagedWords(MMIO_SIZE / 4);
  /** By descriptor index. */
  readonly modes: Uint8Array;
  readonly readOnlyMasks: Uint32Array;
  listener: DeviceListener | undefined = undefined;
  readonly #start: Uint32Array;

  /** At power-on: `golden` says what registers hold then, and where it does not know, their rows. */
  constructor(map: RegisterMap, golden?: GoldenState) {
    this.map = map;
    this.#start = startWords(map, golden);
    this.modes = new Uint8Array(map.descriptors.length);
    this.readOnlyMasks = new Uint32Array(map.descriptors.length);
    map.descriptors.forEach((descriptor, index) => {
      if (!descriptor) return;
      this.modes[index] = modeOf(descriptor.row);
      this.readOnlyMasks[index] = descriptor.row.readOnlyMask ?? 0;
    });
    this.reset(0, MMIO_SIZE);
  }

  /** The stored value of the dword at `offset` (multiple of 4, below 2 MiB), unsigned. */
  get(offset: number): number {
    return this.values.get(offset >>> 2);
  }

  /** Stores, and tells the listener where the value changed. Rules of the access mode do not apply. */
  set(offset: number, value: number): void {
    const index = offset >>> 2;
    const previous = this.values.get(index);
    const next = value >>> 0;
    if (previous === next) return;
    this.values.set(index, next);
    const { listener } = this;
    if (hearsRegister(listener, index)) listener?.registerChanged?.(index << 2, previous, next);
  }

  /** Sets and clears bits. */
  update(offset: number, set: number, clear: number): void {
    this.set(offset, (this.get(offset) & ~clear) | set);
  }

  /** What the dword at `offset` holds at power-on and after a reset; 0 where neither golden state nor row says. */
  startValue(offset: number): number {
    return this.#start[offset >>> 2] ?? 0;
  }

  /** Puts registers at offsets from `first` below `end` back to their start values. */
  reset(first: number, end: number): void {
    const start = this.#start;
    const { words } = this.values;
    for (let index = first >>> 2; index < end >>> 2; index++) {
      if (words[index] !== start[index]) this.set(index << 2, start[index] ?? 0);
    }
  }
}

/** By dword. Registers of which golden state knows nothing start as their rows say. */
function startWords(map: RegisterMap, golden: GoldenState | undefined): Uint32Array {
  if (golden === undefined) return map.startWords;
  return map.startWords.map((value, index) => golden.register(index * 4) ?? value);
}
