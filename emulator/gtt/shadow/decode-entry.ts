import type { Core } from '../../core.ts';
import { pageAddress } from '../ggtt.ts';
import { PPGTT_BITS } from '../ppgtt-levels.ts';
import { allows64K } from '../ppgtt-walk.ts';
import { TABLE_TYPES, type TableType, TYPE } from './entry-types.ts';

/** What an entry of a page table is to its shadow. */
export type Decoded =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'table';
      readonly frame: number;
      readonly type: TableType;
      readonly ips: boolean;
    }
  | { readonly kind: 'page'; readonly frame: number; readonly type: number }
  | { readonly kind: 'refused'; readonly why: string };

/** Bits 51:46: no part of an address of 46 bits, and not software's. */
const RESERVED_HIGH = 0x000fc000;

/** Without `core` the entry is one that was taken before, when 0x4080 may have been another. */
export function decodeEntry(
  core: Core | undefined,
  table: TableType,
  low: number,
  high: number,
): Decoded {
  if ((low & PPGTT_BITS.present) === 0) return { kind: 'absent' };
  const row = TABLE_TYPES[table];
  const frame = pageAddress(low, high) / 4096;
  if ((low & PPGTT_BITS.pageSize) !== 0 && row.large === TYPE.pte1g) {
    return { kind: 'refused', why: '1G pages are not supported' };
  }
  if ((low & PPGTT_BITS.pageSize) !== 0 && row.large === TYPE.pte2m) {
    return { kind: 'page', frame: frame - (frame % 512), type: TYPE.pte2m };
  }
  if (row.next === undefined) return { kind: 'page', frame, type: row.entry };
  const ips = table === TYPE.pdeTable && (low & PPGTT_BITS.ips) !== 0;
  if (ips && core !== undefined && !allows64K(core)) {
    return { kind: 'refused', why: '64K pages while 0x4080 bits 3:0 are not 0xf' };
  }
  return { kind: 'table', frame, type: row.next, ips };
}

/** Something that no driver writes as an entry: the page holds other data by now. */
export function looksForeign(low: number, high: number): boolean {
  return (low & PPGTT_BITS.present) !== 0 && (high & RESERVED_HIGH) !== 0;
}
