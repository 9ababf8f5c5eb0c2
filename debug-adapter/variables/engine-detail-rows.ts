import type { EngineDetail } from '../../timeline/index.ts';
import { hex } from './format.ts';
import { listOf, type Row } from './row.ts';

type Entry = EngineDetail['csb']['entries'][number];

/** The image of the context that runs: its lists of registers, with the values that stand in memory. */
export function imageRows({ image }: EngineDetail): readonly Row[] {
  if (image === undefined) return [];
  return image.lists.map((list, index): Row => {
    const taken = new Set<string>();
    const children = list.map(({ name, offset, value, address }): Row => {
      const unique = taken.has(name) ? `${name} @${hex(address)}` : name;
      taken.add(name);
      return {
        name: unique,
        value: dword(value),
        type: `register ${hex(offset)}`,
        memory: { space: 'ggtt', address },
      };
    });
    return {
      name: `list ${index + 1}`,
      value: `MI_LOAD_REGISTER_IMM of ${list.length} registers`,
      children: listOf(children),
    };
  });
}

/** Of the registers. */
export function csbRows({ csb }: EngineDetail): readonly Row[] {
  return [
    { name: 'write pointer', value: pointer(csb.writePointer) },
    { name: 'read pointer', value: pointer(csb.readPointer) },
    ...csb.entries.map(entryRow),
  ];
}

export function statusPageRows({ statusPage }: EngineDetail): readonly Row[] {
  if (statusPage === undefined) return [{ name: 'address', value: 'none: HWS_PGA is 0' }];
  const { address, csb, writePointer, dwords } = statusPage;
  return [
    { name: 'address', value: hex(address), memory: { space: 'ggtt', address } },
    { name: 'write pointer', value: pointer(writePointer), type: 'dword 0x1f' },
    ...csb.map(entryRow),
    ...dwords.map(
      ({ index, value }): Row => ({
        name: `dword ${hex(index)}`,
        value: dword(value),
        memory: { space: 'ggtt', address: address + index * 4 },
      }),
    ),
  ];
}

function entryRow({ status, contextId, meaning }: Entry, index: number): Row {
  const words = meaning === '' ? '' : ` ${meaning}`;
  return { name: `entry ${index}`, value: `${dword(status)} id ${short(contextId)}${words}` };
}

/** 7: nothing has been written since the last reset. */
function pointer(value: number | undefined): string {
  if (value === undefined) return 'unknown';
  return value === 7 ? '7 (nothing written)' : String(value);
}

function dword(value: number | undefined): string {
  return value === undefined ? 'unknown' : hex(value, 8);
}

function short(value: number | undefined): string {
  return value === undefined ? 'unknown' : hex(value);
}
