import type { Platform } from '../mmio/register-row.ts';

/** A register that is switched with the owner of an engine (gvt-facts §11). */
export interface SwitchedRegister {
  readonly engine: string;
  /** BAR0 offset. */
  readonly offset: number;
  /** Bits 31:16 are a write mask. */
  readonly masked: boolean;
  /** It is in the hardware context image as well. */
  readonly inContext: boolean;
}

type Marks = '' | 'm' | '*' | 'm*';
type Entry = readonly [offset: number, marks?: Marks];

function list(engine: string, entries: readonly Entry[]): SwitchedRegister[] {
  return entries.map(([offset, marks = '']) => ({
    engine,
    offset,
    masked: marks.includes('m'),
    inContext: marks.includes('*'),
  }));
}

/** FORCE_TO_NONPRIV. */
const NONPRIV: readonly Entry[] = Array.from({ length: 12 }, (_, slot) => [0x24d0 + slot * 4]);

/** Render engine, up to where the list of Gen8 ends. */
const RENDER_COMMON: readonly Entry[] = [
  [0x229c, 'm'],
  [0x2248],
  [0x2098],
  [0x20c0, 'm*'],
  ...NONPRIV,
  [0x7004, 'm*'],
  [0x7008, 'm*'],
  [0x7000, 'm*'],
  [0x7010, 'm*'],
  [0x7300, 'm*'],
  [0x83a4, 'm*'],
];

const RENDER_GEN9: readonly Entry[] = [
  [0x40e0],
  [0x40e4],
  [0x2580, 'm*'],
  [0x7014, 'm*'],
  [0x20ec, 'm'],
  [0xb118],
  [0xb11c],
  [0xb008],
  [0xe100, 'm*'],
  [0xe180, 'm*'],
  [0xe184, 'm*'],
  [0xe188, 'm*'],
  [0xe194, 'm*'],
  [0xe4f0, 'm*'],
  [0x4de0, '*'],
  [0x4de4, '*'],
  [0x4de8, '*'],
  [0x4dec, '*'],
  [0x4df0, '*'],
  [0x4df4, '*'],
  [0x4dfc, '*'],
];

const RENDER_GEN9_END: readonly Entry[] = [
  [0x7304, 'm*'],
  [0x2248],
  [0x940c],
  [0x4ab8],
  [0x4ab0],
  [0x20d4, 'm'],
  [0x20d8, 'm*'],
  [0xb004],
  [0x20a0],
  [0x20e4, 'm'],
];

const BLITTER: readonly Entry[] = [
  [0x2229c, 'm'],
  [0x2209c, 'm'],
  [0x220c0, 'm'],
  [0x22098],
  [0x22028, 'm'],
];

/** In table order. 0x2248 is in it twice, as in GVT-g's; VCS0 has no entry. */
export const GEN9_SWITCHED: readonly SwitchedRegister[] = [
  ...list('RCS0', [...RENDER_COMMON, ...RENDER_GEN9]),
  ...list('BCS0', BLITTER),
  ...list('VCS1', [[0x1c028, 'm']]),
  ...list('VECS0', [[0x1a028, 'm']]),
  ...list('RCS0', RENDER_GEN9_END),
];

export const GEN8_SWITCHED: readonly SwitchedRegister[] = [
  ...list('RCS0', RENDER_COMMON),
  ...list('BCS0', BLITTER),
];

export function switchedRegisters(platform: Platform): readonly SwitchedRegister[] {
  return platform === 'bdw' ? GEN8_SWITCHED : GEN9_SWITCHED;
}

/** MOCS tables that are switched with an engine on Gen9: first offset and dwords. */
export const MOCS_SWITCHED: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  RCS0: [
    [0xc800, 64],
    [0xb020, 32],
  ],
  BCS0: [[0xcc00, 64]],
  VCS0: [[0xc900, 64]],
  VCS1: [[0xca00, 64]],
  VECS0: [[0xcb00, 64]],
};
