import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { BDW, bit, bits, GEN9, unnamedAt } from './row-helpers.ts';

const PORTS = ['A', 'B', 'C', 'D', 'E'] as const;
const STRIDE = 0x100;

const BUF_CTL_FIELDS: readonly FieldRow[] = [
  bit('enable', 31),
  bits('translationSelect', 27, 24),
  bit('portReversal', 16),
  bit('idle', 7, { 0: 'active', 1: 'idle' }),
  bit('ddiA4Lanes', 4),
  bits('portWidth', 3, 1, { 0: '1 lane', 1: '2 lanes', 3: '4 lanes' }),
  bit('initDisplayDetected', 0),
];

const TRAINING = {
  0: 'pattern 1',
  1: 'pattern 2',
  2: 'idle pattern',
  3: 'normal',
  4: 'pattern 3',
};

const TP_CTL_FIELDS: readonly FieldRow[] = [
  bit('enable', 31),
  bit('mode', 27, { 0: 'SST', 1: 'MST' }),
  bit('forceAct', 25),
  bit('enhancedFraming', 18),
  bit('fdiAutoTrain', 15),
  bits('linkTraining', 10, 8, TRAINING),
  bit('scrambleDisable', 7),
];

const TP_STATUS_FIELDS: readonly FieldRow[] = [
  bit('minIdlesSent', 27),
  bit('activeIdles', 26),
  bit('idleDone', 25),
  bit('actSent', 24),
  bit('modeMst', 23),
  bits('streamsEnabled', 18, 16),
  bit('autoTrainDone', 12),
  bits('payloadMappingVc2', 9, 8),
  bits('payloadMappingVc1', 5, 4),
  bits('payloadMappingVc0', 1, 0),
];

const AUX_TIMEOUTS = { 0: '400 us', 1: '600 us', 2: '800 us', 3: '1600 us' };

const AUX_CTL_FIELDS: readonly FieldRow[] = [
  bit('sendBusy', 31),
  bit('done', 30),
  bit('interruptOnDone', 29),
  bit('timeOutError', 28),
  bits('timeOutTimer', 27, 26, AUX_TIMEOUTS),
  bit('receiveError', 25),
  bits('messageSize', 24, 20),
  bit('aksvSelect', 15),
  bit('psrDataRegister', 14),
  bit('fastWakeDataRegister', 13),
  bit('gtcDataRegister', 12),
  bits('fastWakeSyncPulse', 9, 5),
  bits('syncPulse', 4, 0),
];

const BDW_AUX_CTL_FIELDS: readonly FieldRow[] = [
  ...AUX_CTL_FIELDS.filter((field) => field.low >= 20),
  bits('precharge', 19, 16),
  bits('bitClock2x', 10, 0),
];

/** First data dword as the sender fills it (gvt-facts §8). */
const AUX_DATA_FIELDS: readonly FieldRow[] = [
  bits('operation', 31, 28, { 0: 'I2C write', 1: 'I2C read', 8: 'native write', 9: 'native read' }),
  bits('address', 27, 8),
  bits('length', 7, 0),
];

/** A port's buffer and DisplayPort transport. */
function portRows(port: string, index: number): RegisterRow[] {
  const base = 0x64000 + index * STRIDE;
  return [
    {
      name: `DDI_BUF_CTL_${port}`,
      offset: base,
      onWrite: 'ddi-buffer',
      fields: BUF_CTL_FIELDS,
    },
    {
      name: `DP_TP_CTL_${port}`,
      offset: base + 0x40,
      onWrite: 'dp-transport',
      fields: TP_CTL_FIELDS,
    },
    {
      name: `DP_TP_STATUS_${port}`,
      offset: base + 0x44,
      // Port E has no handler in GVT-g; the others clear bits 27, 26 and 24 by a 1.
      ...(port === 'E' ? {} : ({ onWrite: 'dp-transport' } as const)),
      fields: TP_STATUS_FIELDS,
    },
    { name: `DDI_BUF_TRANS_${port}`, offset: 0x64e00 + index * 0x60, count: 20 },
  ];
}

interface AuxChannel {
  readonly name: string;
  readonly base: number;
  readonly only?: Pick<RegisterRow, 'platforms'>;
  readonly fields: readonly FieldRow[];
}

/** AUX channels: Skylake has all with the ports, Broadwell B to D in the PCH. */
const AUX_CHANNELS: readonly AuxChannel[] = [
  { name: 'DP_AUX_CH', base: 0x64010, fields: AUX_CTL_FIELDS },
  ...[1, 2, 3].map((index) => ({
    name: 'DP_AUX_CH',
    base: 0x64010 + index * STRIDE,
    only: { platforms: GEN9 },
    fields: AUX_CTL_FIELDS,
  })),
  ...[1, 2, 3].map((index) => ({
    name: 'PCH_DP_AUX_CH',
    base: 0xe4010 + index * STRIDE,
    only: { platforms: BDW },
    fields: BDW_AUX_CTL_FIELDS,
  })),
];

function auxRows({ name, base, only, fields }: AuxChannel): RegisterRow[] {
  const channel = PORTS[(base >>> 8) & 0xf] ?? '';
  return [
    { name: `${name}_CTL_${channel}`, offset: base, ...only, onWrite: 'aux-control', fields },
    { name: `${name}_DATA1_${channel}`, offset: base + 4, ...only, fields: AUX_DATA_FIELDS },
    ...[2, 3, 4, 5].map(
      (n): RegisterRow => ({ name: `${name}_DATA${n}_${channel}`, offset: base + n * 4, ...only }),
    ),
  ];
}

const PSR_FIELDS: readonly FieldRow[] = [
  bit('edpPostExit', 26),
  bit('edpPreEntry', 25),
  bit('edpError', 24),
];

const CLOCK_SELECTS: readonly RegisterRow[] = [
  ...PORTS.map(
    (port, index): RegisterRow => ({
      name: `PORT_CLK_SEL_${port}`,
      offset: 0x46100 + index * 4,
      fields: [
        bits('clock', 31, 29, {
          0: 'LCPLL 2700',
          1: 'LCPLL 1350',
          2: 'LCPLL 810',
          3: 'SPLL',
          4: 'WRPLL1',
          5: 'WRPLL2',
          7: 'none',
        }),
      ],
    }),
  ),
  ...['A', 'B', 'C'].map(
    (transcoder, index): RegisterRow => ({
      name: `TRANS_CLK_SEL_${transcoder}`,
      offset: 0x46140 + index * 4,
      fields: [
        bits('port', 31, 29, { 0: 'disabled', 2: 'DDI B', 3: 'DDI C', 4: 'DDI D', 5: 'DDI E' }),
      ],
    }),
  ),
];

export const DDI_REGISTERS: RegisterBlock = {
  name: 'DDI',
  rows: [
    ...PORTS.flatMap(portRows),
    { name: 'EDP_PSR_IMR', offset: 0x64834, access: 'write-zero', fields: PSR_FIELDS },
    { name: 'EDP_PSR_IIR', offset: 0x64838, access: 'write-zero', fields: PSR_FIELDS },
    ...CLOCK_SELECTS,
    { name: unnamedAt(0x6e570), offset: 0x6e570 },
  ],
};

export const AUX_REGISTERS: RegisterBlock = {
  name: 'AUX',
  rows: AUX_CHANNELS.flatMap(auxRows),
};
