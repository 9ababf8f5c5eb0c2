import type {
  EngineRegisterRow,
  EngineRow,
  Platform,
  RegisterBlock,
  RegisterRow,
} from './register-row.ts';

/** Size of the register file in bytes (gvt-facts §2.1). */
export const MMIO_SIZE = 0x200000;

/** Everything that the tables say of one platform. */
export interface PlatformTables {
  readonly platform: Platform;
  /** `Skylake`, for people. */
  readonly title: string;
  readonly engines: readonly EngineRow[];
  readonly engineRows: readonly EngineRegisterRow[];
  readonly blocks: readonly RegisterBlock[];
}

/** A row at its place in BAR0. */
export interface RegisterDescriptor {
  /** With the engine's prefix: `RCS0.RING_TAIL`. */
  readonly name: string;
  /** BAR0 offset of its first dword. */
  readonly offset: number;
  /** Dwords. */
  readonly count: number;
  readonly row: RegisterRow;
  readonly block: string;
  readonly engine?: EngineRow;
}

/** All registers of a platform, checked: a wrong table throws here, before any guest runs. */
export class RegisterMap {
  readonly tables: PlatformTables;
  /** Index 0 stands for "no row". */
  readonly descriptors: readonly (RegisterDescriptor | undefined)[];
  /** Descriptor index of every dword in the register file. */
  readonly indexOfDword: Uint16Array;
  /** What every dword holds at power-on by its row; 0 where that does not say. Not to be changed. */
  readonly startWords = new Uint32Array(MMIO_SIZE / 4);
  readonly #byName = new Map<string, RegisterDescriptor>();

  constructor(tables: PlatformTables) {
    this.tables = tables;
    this.indexOfDword = new Uint16Array(MMIO_SIZE / 4);
    const descriptors: (RegisterDescriptor | undefined)[] = [undefined];
    for (const descriptor of describe(tables)) {
      this.#claim(descriptor, descriptors.length, descriptors);
      descriptors.push(descriptor);
    }
    this.descriptors = descriptors;
  }

  /** The register that the byte at `offset` belongs to. */
  at(offset: number): RegisterDescriptor | undefined {
    return this.descriptors[this.indexOfDword[offset >>> 2] ?? 0];
  }

  /** By full name, letter case as in the tables or any other. */
  named(name: string): RegisterDescriptor | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  #claim(
    descriptor: RegisterDescriptor,
    index: number,
    earlier: readonly (RegisterDescriptor | undefined)[],
  ): void {
    checkRow(descriptor);
    const key = descriptor.name.toLowerCase();
    if (this.#byName.has(key)) throw new Error(`Two registers are called ${descriptor.name}.`);
    this.#byName.set(key, descriptor);
    const first = descriptor.offset >>> 2;
    this.startWords.fill(descriptor.row.reset?.value ?? 0, first, first + descriptor.count);
    for (let dword = first; dword < first + descriptor.count; dword++) {
      const holder = earlier[this.indexOfDword[dword] ?? 0];
      if (holder) throw new Error(`${descriptor.name} overlaps ${holder.name}.`);
      this.indexOfDword[dword] = index;
    }
  }
}

function* describe(tables: PlatformTables): Generator<RegisterDescriptor> {
  const here = (row: RegisterRow) => !row.platforms || row.platforms.includes(tables.platform);
  for (const engine of tables.engines) {
    for (const row of tables.engineRows) {
      if (!here(row) || (row.engines && !row.engines.includes(engine.name))) continue;
      yield {
        name: `${engine.name}.${row.name}`,
        offset: engine.base + row.offset,
        count: row.count ?? 1,
        row,
        block: engine.name,
        engine,
      };
    }
  }
  for (const block of tables.blocks) {
    for (const row of block.rows) {
      if (!here(row)) continue;
      yield {
        name: row.name,
        offset: row.offset,
        count: row.count ?? 1,
        row,
        block: block.name,
      };
    }
  }
}

function checkRow({ name, offset, count, row }: RegisterDescriptor): void {
  if (offset % 4 !== 0) throw new Error(`${name} is not at a dword boundary.`);
  if (count < 1 || offset + count * 4 > MMIO_SIZE) {
    throw new Error(`${name} does not fit into the register file.`);
  }
  let used = 0;
  for (const field of row.fields ?? []) {
    if (field.low < 0 || field.high > 31 || field.low > field.high) {
      throw new Error(`${name}.${field.name} is outside bits 0 to 31.`);
    }
    const mask = fieldMask(field.low, field.high);
    if ((used & mask) !== 0) throw new Error(`${name}.${field.name} overlaps another field.`);
    used |= mask;
  }
  if (row.access === 'ro-bits' && row.readOnlyMask === undefined) {
    throw new Error(`${name} has read-only bits but no mask of them.`);
  }
  if (row.reset && row.reset.value !== 0 && row.reset.source === '') {
    throw new Error(`${name} has a reset value without a source.`);
  }
}

/** Mask of bits `low` to `high` inclusive, unsigned. */
export function fieldMask(low: number, high: number): number {
  const width = high - low + 1;
  return width >= 32 ? 0xffffffff : (((1 << width) - 1) << low) >>> 0;
}
