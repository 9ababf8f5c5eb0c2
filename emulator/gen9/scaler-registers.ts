import { bit, bits, GEN9, PIPES } from '../gen8/row-helpers.ts';
import type { RegisterBlock, RegisterRow } from '../mmio/register-row.ts';

/** Two scalers a pipe, for a plane or for the pipe's output. */
function scalerRows(pipe: string, index: number, scaler: number): RegisterRow[] {
  const base = 0x68100 + index * 0x800 + (scaler - 1) * 0x100;
  const row = (name: string, at: number, more: Partial<RegisterRow>): RegisterRow => ({
    name: `PS_${name}_${scaler}_${pipe}`,
    offset: base + at,
    platforms: GEN9,
    ...more,
  });
  return [
    row('WIN_POS', 0x70, { fields: [bits('x', 28, 16), bits('y', 11, 0)] }),
    row('WIN_SZ', 0x74, {
      fields: [bits('width', 28, 16), bits('height', 11, 0)],
      description: 'A write arms the scaler.',
    }),
    row('CTRL', 0x80, {
      fields: [
        bit('enable', 31),
        bits('mode', 29, 28, { 0: 'dynamic', 1: 'high quality', 2: 'NV12' }),
        bits('binding', 27, 25, {
          0: 'pipe',
          1: 'plane 1',
          2: 'plane 2',
          3: 'plane 3',
          4: 'plane 4',
        }),
        bits('filter', 24, 23, { 0: 'medium', 1: 'programmed', 2: 'edge enhance', 3: 'bilinear' }),
        bit('vertical3Tap', 21),
        bit('verticalInterlaceInvertField', 20),
        bit('powerUpInProgress', 17),
        bit('verticalFilterBypass', 8),
        bit('verticalAdaptiveEnable', 7),
        bits('verticalAdaptiveMode', 6, 5),
      ],
    }),
  ];
}

export const SCALER_REGISTERS: RegisterBlock = {
  name: 'Scalers',
  rows: PIPES.flatMap((pipe, index) => [
    ...scalerRows(pipe, index, 1),
    ...scalerRows(pipe, index, 2),
  ]),
};
