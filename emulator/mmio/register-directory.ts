import { capabilitiesOf } from '../pci/capabilities.ts';
import { type ConfigInfo, configInfos } from '../pci/config-infos.ts';
import { mergeWrite, modeOf } from './access-mode.ts';
import type { RegisterDescriptor, RegisterMap } from './register-map.ts';
import type { FieldRow, RegisterFlag, ResetValue } from './register-row.ts';

/** A register as debuggers name it. Plain data. */
export interface RegisterInfo {
  /** With the engine's prefix, without an index: `RCS0.RING_TAIL`. */
  readonly name: string;
  readonly offset: number;
  /** Bytes of all dwords together. */
  readonly size: number;
  readonly fields: readonly FieldRow[];
  readonly access: string;
  /** The scope it is shown in: an engine, or a block such as `Interrupts`. */
  readonly block: string;
  readonly description?: string;
  readonly volatile?: boolean;
  /** Value at power-on, with its source; absent where it is 0. */
  readonly reset?: ResetValue;
  /** Bits that writes leave alone. */
  readonly readOnlyMask?: number;
  readonly flags?: readonly RegisterFlag[];
}

/** Register names, for whoever shows or parses them. */
export class RegisterDirectory {
  /** Of configuration space, by offset: where a host of the platform has them. */
  readonly config: readonly ConfigInfo[];
  readonly #map: RegisterMap;
  /** By descriptor index; made once, since listings ask for every record. */
  readonly #infos: readonly (RegisterInfo | undefined)[];
  readonly #byName = new Map<string, RegisterInfo>();

  constructor(map: RegisterMap) {
    this.#map = map;
    this.config = configInfos(capabilitiesOf(map.tables));
    this.#infos = map.descriptors.map((descriptor) => descriptor && infoOf(descriptor));
    for (const info of this.#infos) if (info) this.#byName.set(info.name.toLowerCase(), info);
  }

  at(offset: number): RegisterInfo | undefined {
    // Not `>>> 2`: an offset of more than 32 bits must not be taken for the register at its lower ones.
    return this.#infos[this.#map.indexOfDword[Math.floor(offset / 4)] ?? 0];
  }

  named(name: string): RegisterInfo | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  names(): readonly string[] {
    return this.all().map((info) => info.name);
  }

  all(): readonly RegisterInfo[] {
    return [...this.#byName.values()];
  }

  /** What the dword holds after a guest's write, by the access mode alone. Numbers are unsigned 32-bit. */
  afterWrite(
    info: { offset: number },
    previous: number,
    written: number,
    byteMask: number,
  ): number {
    const row = this.#map.at(info.offset)?.row;
    if (!row) return mergeWrite(0, previous, written, byteMask, 0);
    return mergeWrite(modeOf(row), previous, written, byteMask, row.readOnlyMask ?? 0);
  }
}

function infoOf({ name, offset, count, row, block }: RegisterDescriptor): RegisterInfo {
  return {
    name,
    offset,
    size: count * 4,
    fields: row.fields ?? [],
    access: row.access ?? 'rw',
    block,
    ...(row.description === undefined ? {} : { description: row.description }),
    ...(row.volatile === true || row.onRead !== undefined ? { volatile: true } : {}),
    ...(row.reset === undefined ? {} : { reset: row.reset }),
    ...(row.readOnlyMask === undefined ? {} : { readOnlyMask: row.readOnlyMask }),
    ...(row.flags === undefined ? {} : { flags: row.flags }),
  };
}
