import type { RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { PIPECONF_FIELDS } from './pipe-registers.ts';
import { BDW, bit, GEN9, PIPES, unnamed } from './row-helpers.ts';

/**
 * Receivers of the link to the PCH. Broadwell trains the one for its CRT by itself. GVT-g also follows training by
 * patterns, whose sender no platform from Broadwell on has: those writes are stored and reported.
 */
function receiverRows(pipe: string, index: number): RegisterRow[] {
  const base = 0xf0000 + index * 0x1000;
  return [
    ...controlRows(pipe, base + 0xc),
    { name: `FDI_RX_IIR_${pipe}`, offset: base + 0x14, access: 'w1c' },
    { name: `FDI_RX_IMR_${pipe}`, offset: base + 0x18, access: 'unimplemented' },
  ];
}

function controlRows(pipe: string, offset: number): RegisterRow[] {
  const name = `FDI_RX_CTL_${pipe}`;
  if (pipe !== 'A') return [{ name, offset, access: 'unimplemented' }];
  return [
    { name, offset, platforms: GEN9, access: 'unimplemented' },
    {
      name,
      offset,
      platforms: BDW,
      onWrite: 'fdi-auto-train',
      fields: [bit('enable', 31), bit('pllEnable', 13), bit('autoTraining', 10)],
    },
  ];
}

/** What only the two older ones have. */
function transcoderRows(pipe: string, index: number): RegisterRow[] {
  const base = 0xf0000 + index * 0x1000;
  return [
    {
      name: `PCH_TRANS${pipe}CONF`,
      offset: base + 0x8,
      onWrite: 'pch-transcoder-config',
      fields: PIPECONF_FIELDS,
    },
    { name: `FDI_RX_MISC_${pipe}`, offset: base + 0x10 },
    { name: `FDI_RX_TUSIZE1_${pipe}`, offset: base + 0x30 },
    { name: `FDI_RX_TUSIZE2_${pipe}`, offset: base + 0x38 },
    { name: `TRANS_CHICKEN1_${pipe}`, offset: base + 0x60 },
    { name: `TRANS_CHICKEN2_${pipe}`, offset: base + 0x64 },
  ];
}

/** A register that answers the same whatever was written (gvt-facts §8). */
function constant(offset: number, value: number): RegisterRow[] {
  return unnamed([offset], {
    onRead: 'display-constant',
    reset: { value, source: 'gvt-facts §8: fixed answer' },
  });
}

export const FDI_REGISTERS: RegisterBlock = {
  name: 'FDI and mPHY',
  rows: [
    ...PIPES.flatMap(receiverRows),
    ...['A', 'B'].flatMap(transcoderRows),
    ...[0xe6500, 0xe6600, 0xe6700, 0xe6800].flatMap((base) => [
      ...unnamed([base, base + 4]),
      ...constant(base + 0x1c, 1 << 17),
    ]),
    ...constant(0xe6c04, 3),
    ...constant(0xe6e1c, 0x2f << 16),
    ...[0xec000, 0xec400].flatMap((base) =>
      unnamed([0x08, 0x0c, 0x20, 0x24, 0x38, 0x3c, 0x50, 0x54].map((at) => base + at)),
    ),
    ...unnamed([0xfc810, 0xfc81c, 0xfc828, 0xfc834, 0xfcc00, 0xfcc0c, 0xfcc18, 0xfcc24]),
    ...unnamed([0xfd000, 0xfd00c, 0xfd018, 0xfd024, 0xfd034]),
  ],
};
