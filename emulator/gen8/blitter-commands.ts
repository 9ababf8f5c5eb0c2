import type { AddressRow, CommandFieldRow, CommandRow } from '../command/command-row.ts';
import {
  COLOR_BLT_FIELDS,
  SRC_COPY_BLT_FIELDS,
  XY_COLOR_BLT_FIELDS,
  XY_FAST_COPY_BLT_FIELDS,
  XY_FULL_BLT_FIELDS,
  XY_FULL_MONO_PATTERN_BLT_FIELDS,
  XY_FULL_MONO_PATTERN_MONO_SRC_BLT_FIELDS,
  XY_FULL_MONO_SRC_BLT_FIELDS,
  XY_MONO_PAT_BLT_FIELDS,
  XY_MONO_PAT_FIXED_BLT_FIELDS,
  XY_MONO_SRC_COPY_BLT_FIELDS,
  XY_MONO_SRC_COPY_IMMEDIATE_BLT_FIELDS,
  XY_PAT_BLT_FIELDS,
  XY_PAT_CHROMA_BLT_FIELDS,
  XY_PAT_CHROMA_BLT_IMMEDIATE_FIELDS,
  XY_PIXEL_BLT_FIELDS,
  XY_SCANLINES_BLT_FIELDS,
  XY_SETUP_BLT_FIELDS,
  XY_SETUP_CLIP_BLT_FIELDS,
  XY_SETUP_MONO_PATTERN_SL_BLT_FIELDS,
  XY_SRC_COPY_BLT_FIELDS,
  XY_SRC_COPY_CHROMA_BLT_FIELDS,
  XY_TEXT_BLT_FIELDS,
} from './blitter-command-fields.ts';
import { inPpgtt, varying } from './command-helpers.ts';
import { GEN9 } from './row-helpers.ts';

/** Where a command has 64-bit addresses, by their first dwords; blits go through the context's own tables. */
interface Operands {
  readonly destination?: number;
  readonly source?: number;
  readonly pattern?: number;
}

function blit(
  name: string,
  opcode: number,
  operands: Operands,
  fields: readonly CommandFieldRow[],
): CommandRow {
  const addresses: readonly AddressRow[] = Object.entries(operands).map(
    ([operand, dword]: [string, number]) => inPpgtt(dword, operand),
  );
  return { name, family: '2D', opcode, length: varying(8), engines: ['BCS'], addresses, fields };
}

/** Commands of the blitter (gvt-facts §10.7). GVT-g's table leaves out the addresses of XY_FULL_BLT. */
export const BLITTER_COMMANDS: readonly CommandRow[] = [
  blit('XY_SETUP_BLT', 0x40400000, { destination: 4, pattern: 8 }, XY_SETUP_BLT_FIELDS),
  blit('XY_SETUP_CLIP_BLT', 0x40c00000, {}, XY_SETUP_CLIP_BLT_FIELDS),
  blit(
    'XY_SETUP_MONO_PATTERN_SL_BLT',
    0x44400000,
    { destination: 4 },
    XY_SETUP_MONO_PATTERN_SL_BLT_FIELDS,
  ),
  blit('XY_PIXEL_BLT', 0x49000000, {}, XY_PIXEL_BLT_FIELDS),
  blit('XY_SCANLINES_BLT', 0x49400000, {}, XY_SCANLINES_BLT_FIELDS),
  blit('XY_TEXT_BLT', 0x49800000, { source: 3 }, XY_TEXT_BLT_FIELDS),
  blit('XY_TEXT_IMMEDIATE_BLT', 0x4c400000, {}, XY_TEXT_BLT_FIELDS),
  blit('XY_COLOR_BLT', 0x54000000, { destination: 4 }, XY_COLOR_BLT_FIELDS),
  blit('XY_PAT_BLT', 0x54400000, { destination: 4, pattern: 6 }, XY_PAT_BLT_FIELDS),
  blit('XY_MONO_PAT_BLT', 0x54800000, { destination: 4 }, XY_MONO_PAT_BLT_FIELDS),
  blit('XY_SRC_COPY_BLT', 0x54c00000, { destination: 4, source: 8 }, XY_SRC_COPY_BLT_FIELDS),
  blit(
    'XY_MONO_SRC_COPY_BLT',
    0x55000000,
    { destination: 4, source: 6 },
    XY_MONO_SRC_COPY_BLT_FIELDS,
  ),
  blit('XY_FULL_BLT', 0x55400000, { destination: 4, source: 8, pattern: 10 }, XY_FULL_BLT_FIELDS),
  blit(
    'XY_FULL_MONO_SRC_BLT',
    0x55800000,
    { destination: 4, source: 6, pattern: 10 },
    XY_FULL_MONO_SRC_BLT_FIELDS,
  ),
  blit(
    'XY_FULL_MONO_PATTERN_BLT',
    0x55c00000,
    { destination: 4, source: 8 },
    XY_FULL_MONO_PATTERN_BLT_FIELDS,
  ),
  blit(
    'XY_FULL_MONO_PATTERN_MONO_SRC_BLT',
    0x56000000,
    { destination: 4, source: 6 },
    XY_FULL_MONO_PATTERN_MONO_SRC_BLT_FIELDS,
  ),
  blit('XY_MONO_PAT_FIXED_BLT', 0x56400000, { destination: 4 }, XY_MONO_PAT_FIXED_BLT_FIELDS),
  blit(
    'XY_MONO_SRC_COPY_IMMEDIATE_BLT',
    0x5c400000,
    { destination: 4 },
    XY_MONO_SRC_COPY_IMMEDIATE_BLT_FIELDS,
  ),
  blit('XY_PAT_BLT_IMMEDIATE', 0x5c800000, { destination: 4 }, XY_PAT_BLT_FIELDS),
  blit(
    'XY_SRC_COPY_CHROMA_BLT',
    0x5cc00000,
    { destination: 4, source: 8 },
    XY_SRC_COPY_CHROMA_BLT_FIELDS,
  ),
  blit(
    'XY_FULL_IMMEDIATE_PATTERN_BLT',
    0x5d000000,
    { destination: 4, source: 8 },
    XY_FULL_BLT_FIELDS,
  ),
  blit(
    'XY_FULL_MONO_SRC_IMMEDIATE_PATTERN_BLT',
    0x5d400000,
    { destination: 4, source: 6 },
    XY_FULL_MONO_SRC_BLT_FIELDS,
  ),
  blit('XY_PAT_CHROMA_BLT', 0x5d800000, { destination: 4, pattern: 6 }, XY_PAT_CHROMA_BLT_FIELDS),
  blit(
    'XY_PAT_CHROMA_BLT_IMMEDIATE',
    0x5dc00000,
    { destination: 4 },
    XY_PAT_CHROMA_BLT_IMMEDIATE_FIELDS,
  ),
  {
    ...blit('COLOR_BLT', 0x50000000, { destination: 3 }, COLOR_BLT_FIELDS),
    gvt: 'unknown',
  },
  {
    ...blit('XY_FAST_COPY_BLT', 0x50800000, { destination: 4, source: 8 }, XY_FAST_COPY_BLT_FIELDS),
    platforms: GEN9,
    gvt: 'unknown',
  },
  {
    ...blit('SRC_COPY_BLT', 0x50c00000, { destination: 3, source: 6 }, SRC_COPY_BLT_FIELDS),
    gvt: 'unknown',
  },
];
