import type { DeviceModel } from '../../emulator/index.ts';
import { configRegistersOf } from '../config-registers.ts';
import type { BlockView, FieldView, RegisterView } from '../inspection.ts';
import {
  dwordName,
  elementsOf,
  hex,
  REGISTER_BYTES,
  type RegisterDirectory,
  type RegisterField,
  type RegisterInfo,
} from '../register-directory.ts';
import type { Value64 } from '../value64.ts';

/** Registers whose table names no block. */
const OTHERS = 'Other registers';
/** The page of PVINFO in BAR0 (gvt-facts §3). */
const PVINFO_FIRST = 0x78000;
const PVINFO_END = 0x79000;
const ENGINE = /^(RCS|BCS|VCS|VECS)\d+$/;

/** Registers of one device as debuggers show them; made by peeking. */
export class RegisterViews {
  readonly #device: DeviceModel;
  readonly #directory: RegisterDirectory;
  /** By block, in table order; made when first asked for. */
  #blocks: ReadonlyMap<string, readonly RegisterInfo[]> | undefined;

  constructor(device: DeviceModel, directory: RegisterDirectory) {
    this.#device = device;
    this.#directory = directory;
  }

  /** Engines first. */
  blocks(): readonly BlockView[] {
    const views: BlockView[] = [];
    for (const [name, infos] of this.#byBlock()) {
      const registers = infos.reduce((sum, info) => sum + elementsOf(info), 0);
      views.push({ name, registers, kind: ENGINE.test(name) ? 'engine' : 'block' });
    }
    const rank = (view: BlockView) => (view.kind === 'engine' ? 0 : 1);
    return views.sort((a, b) => rank(a) - rank(b));
  }

  /** All dwords of a block; empty where there is no such block. */
  block(name: string): readonly RegisterView[] {
    return (this.#byBlock().get(name) ?? []).flatMap((info) => this.#dwords(info));
  }

  pvinfo(): readonly RegisterView[] {
    const views: RegisterView[] = [];
    for (const infos of this.#byBlock().values()) {
      for (const info of infos) {
        if (info.offset >= PVINFO_FIRST && info.offset < PVINFO_END) {
          views.push(...this.#dwords(info));
        }
      }
    }
    return views.sort((a, b) => a.offset - b.offset);
  }

  config(): readonly RegisterView[] {
    return configRegistersOf(this.#directory).map((info) => {
      const value = this.#device.peek('config', info.offset, info.size);
      return { ...baseView(info, info.name), value, fields: fieldViews(info.fields, value.low) };
    });
  }

  /** By name, with `[n]` for a dword of several, or by BAR0 offset in hex. */
  named(name: string): RegisterView | undefined {
    const trimmed = name.trim();
    if (/^0x[0-9a-f]{1,6}$/i.test(trimmed)) return this.at(Number(trimmed));
    const indexed = /^(.*)\[(\d+)\]$/.exec(trimmed);
    const info = this.#directory.named(indexed?.[1] ?? trimmed);
    const index = Number(indexed?.[2] ?? 0);
    if (info === undefined || index >= elementsOf(info)) return undefined;
    return this.#dword(info, info.offset + index * 4);
  }

  /** The dword at a BAR0 offset, named or not; undefined outside of the registers. */
  at(offset: number): RegisterView | undefined {
    if (offset < 0 || offset >= REGISTER_BYTES) return undefined;
    const dword = offset - (offset % 4);
    const info = this.#directory.at(dword);
    if (info !== undefined) return this.#dword(info, dword);
    const value = this.#device.peek('mmio', dword, 4);
    const name = hex(dword, 6);
    return { name, offset: dword, size: 4, value, access: 'not tracked', fields: [] };
  }

  #dwords(info: RegisterInfo): readonly RegisterView[] {
    return Array.from({ length: elementsOf(info) }, (_, index) =>
      this.#dword(info, info.offset + index * 4),
    );
  }

  #dword(info: RegisterInfo, offset: number): RegisterView {
    const value = this.#device.peek('mmio', offset, 4);
    const base = baseView(info, dwordName(info, offset));
    return { ...base, offset, size: 4, value, fields: fieldViews(info.fields, value.low) };
  }

  #byBlock(): ReadonlyMap<string, readonly RegisterInfo[]> {
    this.#blocks ??= groupByBlock(this.#directory);
    return this.#blocks;
  }
}

function groupByBlock(directory: RegisterDirectory): ReadonlyMap<string, readonly RegisterInfo[]> {
  const blocks = new Map<string, RegisterInfo[]>();
  for (const name of directory.names()) {
    const info = directory.named(name);
    if (info === undefined) continue;
    const block = info.block ?? OTHERS;
    const members = blocks.get(block);
    if (members) members.push(info);
    else blocks.set(block, [info]);
  }
  return blocks;
}

function baseView(
  info: RegisterInfo,
  name: string,
): Pick<RegisterView, 'name' | 'offset' | 'size' | 'access' | 'description' | 'volatile'> {
  const { offset, size, access, description, volatile } = info;
  return {
    name,
    offset,
    size,
    access,
    ...(description === undefined ? {} : { description }),
    ...(volatile === undefined ? {} : { volatile }),
  };
}

/** Fields of a dword; with `next` those that differ get their new value too. */
export function fieldViews(
  fields: readonly RegisterField[],
  value: number,
  next?: number,
): readonly FieldView[] {
  return fields.map((field) => {
    const bits = bitsOf(value, field);
    const later = next === undefined ? bits : bitsOf(next, field);
    const meaning = field.values?.[bits] ?? addressText(field, bits);
    return {
      name: field.name,
      low: field.low,
      high: field.high,
      value: bits,
      ...(later === bits ? {} : { next: later }),
      ...(meaning === undefined ? {} : { meaning }),
    };
  });
}

/** Bits 12 to 45 of an entry are the page, bit 0 says whether it is there (gvt-facts §5.1). */
export function entryFields(entry: Value64, next?: Value64): readonly FieldView[] {
  if (!entry.known) return [];
  const parts = (value: Value64) => ({
    present: value.low & 1,
    frame: Math.floor(value.low / 0x1000) + (value.high & 0x3fff) * 2 ** 20,
  });
  const now = parts(entry);
  const later = next?.known === true ? parts(next) : now;
  const rows = [
    { name: 'present', low: 0, high: 0, value: now.present, later: later.present },
    { name: 'frame', low: 12, high: 45, value: now.frame, later: later.frame },
  ];
  return rows.map(({ later: after, ...row }) => ({
    ...row,
    ...(after === row.value ? {} : { next: after }),
    ...(row.name === 'frame' ? { meaning: `page ${hex(row.value * 0x1000)}` } : {}),
  }));
}

/** What a field of an address's upper bits stands for. */
function addressText({ shift }: RegisterField, bits: number): string | undefined {
  return shift === undefined ? undefined : hex(bits * 2 ** shift);
}

function bitsOf(value: number, { low, high }: RegisterField): number {
  const width = high - low + 1;
  const mask = width >= 32 ? 0xffffffff : 2 ** width - 1;
  return ((value >>> low) & mask) >>> 0;
}
