import type { RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { NOTIFICATIONS } from '../pvinfo/notifications.ts';
import { bit, bits, fillGaps } from './row-helpers.ts';

const BASE = 0x78000;
const SIZE = 0x1000;

/** gvt-facts §3. What becomes of a write is decided for the page as a whole, before access modes. */
const NAMED: readonly RegisterRow[] = [
  { name: 'VGT_MAGIC', offset: 0x000, count: 2, description: '"vGTvGTvG".' },
  {
    name: 'VGT_VERSION',
    offset: 0x008,
    fields: [bits('minor', 31, 16), bits('major', 15, 0)],
  },
  { name: 'VGT_ID', offset: 0x00c },
  {
    name: 'VGT_CAPS',
    offset: 0x010,
    fields: [bit('hugeGtt', 4), bit('hwspEmulation', 3), bit('full48BitPpgtt', 2)],
  },
  { name: 'VGT_MAPPABLE_BASE', offset: 0x040, description: 'Own aperture slice.' },
  { name: 'VGT_MAPPABLE_SIZE', offset: 0x044, description: 'Bytes.' },
  { name: 'VGT_NONMAPPABLE_BASE', offset: 0x048, description: 'Own hidden slice.' },
  { name: 'VGT_NONMAPPABLE_SIZE', offset: 0x04c, description: 'Bytes.' },
  { name: 'VGT_FENCE_NUM', offset: 0x050 },
  {
    name: 'VGT_DISPLAY_READY',
    offset: 0x804,
    fields: [bits('ready', 31, 0, { 0: 'not ready', 1: 'ready' })],
  },
  {
    name: 'VGT_RSV5',
    offset: 0x808,
    count: 4,
    description: 'A write says that resources do not suffice.',
  },
  {
    name: 'VGT_G2V_NOTIFY',
    offset: 0x818,
    fields: [bits('notification', 31, 0, NOTIFICATIONS)],
    description: 'From guest to host: acts on the PDPs or the context descriptor.',
  },
  { name: 'VGT_CURSOR_X_HOT', offset: 0x830 },
  { name: 'VGT_CURSOR_Y_HOT', offset: 0x834 },
  ...[0, 1, 2, 3].flatMap((n): RegisterRow[] => [
    { name: `VGT_PDP${n}_LO`, offset: 0x838 + n * 8 },
    { name: `VGT_PDP${n}_HI`, offset: 0x83c + n * 8 },
  ]),
  { name: 'VGT_EXECLIST_CONTEXT_DESCRIPTOR_LO', offset: 0x858 },
  { name: 'VGT_EXECLIST_CONTEXT_DESCRIPTOR_HI', offset: 0x85c },
];

export const PVINFO_REGISTERS: RegisterBlock = {
  name: 'PVINFO',
  rows: fillGaps(
    'VGT_RESERVED',
    BASE,
    BASE + SIZE,
    NAMED.map((row) => ({ ...row, offset: row.offset + BASE })),
  ),
};
