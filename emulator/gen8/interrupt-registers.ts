import type { FieldRow, Platform, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { engineInterruptFields } from './engine-fields.ts';
import { BDW, bit, bits, GEN9, PIPES, unnamed } from './row-helpers.ts';

interface Group {
  /** Name with `?` where ISR, IMR, IIR or IER goes. */
  readonly name: string;
  readonly base: number;
  readonly fields: readonly FieldRow[];
  readonly platforms?: readonly Platform[];
}

/** The four registers of a group (gvt-facts §7.1). */
export function interruptGroup({ name, base, fields, platforms }: Group): RegisterRow[] {
  const only = platforms ? { platforms } : {};
  const named = (part: string) => name.replace('?', part);
  return [
    { name: named('ISR'), offset: base, fields, ...only, description: 'Live interrupt state.' },
    {
      name: named('IMR'),
      offset: base + 4,
      fields,
      ...only,
      onWrite: 'interrupt-mask',
      reset: { value: 0xffffffff, source: 'SKL PRM vol 2c: interrupt masks, all masked' },
      description: 'A set bit keeps the event out of IIR.',
    },
    {
      name: named('IIR'),
      offset: base + 8,
      access: 'w1c',
      fields,
      ...only,
      onWrite: 'interrupt-identity',
      description: 'Events that happened; write 1 to clear.',
    },
    {
      name: named('IER'),
      offset: base + 12,
      fields,
      ...only,
      onWrite: 'interrupt-enable',
      description: 'A set bit lets an event in IIR interrupt.',
    },
  ];
}

const MASTER_FIELDS: readonly FieldRow[] = [
  bit('masterInterruptEnable', 31),
  bit('pcu', 30),
  bit('pch', 23),
  bit('deMisc', 22),
  bit('dePort', 20),
  bit('dePipeC', 18),
  bit('dePipeB', 17),
  bit('dePipeA', 16),
  bit('vecs', 6),
  bit('guc', 5),
  bit('pm', 4),
  bit('vcs1', 3),
  bit('vcs0', 2),
  bit('bcs', 1),
  bit('rcs', 0),
];

/** Two engines share a GT group: one in each half. */
const GT_FIELDS: readonly (readonly FieldRow[])[] = [
  [...engineInterruptFields('bcs', 16), ...engineInterruptFields('rcs', 0)],
  [...engineInterruptFields('vcs1', 16), ...engineInterruptFields('vcs0', 0)],
  [
    bits('guc', 31, 16),
    bit('thermal', 9),
    bit('rpUpThreshold', 5),
    bit('rpDownThreshold', 4),
    bit('rpDownTimeout', 6),
    bit('rpUpEiExpired', 2),
    bit('rpDownEiExpired', 1),
  ],
  engineInterruptFields('vecs', 0),
];

const PIPE_COMMON: readonly FieldRow[] = [
  bit('fifoUnderrun', 31),
  bit('cdclkCrcError', 29),
  bit('cdclkCrcDone', 28),
  bit('scanLineEvent', 2),
  bit('vsync', 1),
  bit('vblank', 0),
];

const PIPE_FIELDS: readonly FieldRow[] = [
  ...PIPE_COMMON,
  bit('cursorFault', 11),
  bit('plane4Fault', 10),
  bit('plane3Fault', 9),
  bit('plane2Fault', 8),
  bit('plane1Fault', 7),
  bit('plane4FlipDone', 6),
  bit('plane3FlipDone', 5),
  bit('plane2FlipDone', 4),
  bit('plane1FlipDone', 3),
];

const BDW_PIPE_FIELDS: readonly FieldRow[] = [
  ...PIPE_COMMON,
  bit('cursorFault', 10),
  bit('spriteFault', 9),
  bit('primaryFault', 8),
  bit('spriteFlipDone', 5),
  bit('primaryFlipDone', 4),
];

const PORT_FIELDS: readonly FieldRow[] = [
  bit('auxChannelD', 27),
  bit('auxChannelC', 26),
  bit('auxChannelB', 25),
  bit('ddiAHotplug', 3),
  bit('auxChannelA', 0),
];

// i915 has the GSE event at bit 27; GVT-g's own table raises bit 0 (gvt-facts §7.2).
const MISC_FIELDS: readonly FieldRow[] = [bit('gse', 27), bit('edpPsr', 19), bit('gvtGse', 0)];

const PCU_FIELDS: readonly FieldRow[] = [bit('pcodeMailbox', 25), bit('thermal', 24)];

const SDE_COMMON: readonly FieldRow[] = [
  bits('audioPower', 31, 29),
  bit('ddiDHotplug', 23),
  bit('ddiCHotplug', 22),
  bit('ddiBHotplug', 21),
  bit('crtHotplug', 19),
  bit('gmbus', 17),
  bit('error', 16),
  bits('audioCpC', 10, 9),
  bit('fdiRxC', 8),
  bits('audioCpB', 6, 5),
  bit('fdiRxB', 4),
  bits('audioCpA', 2, 1),
  bit('fdiRxA', 0),
];

const SDE_FIELDS: readonly FieldRow[] = [
  ...SDE_COMMON,
  bit('ddiEHotplug', 25),
  bit('ddiAHotplug', 24),
];

const BDW_SDE_FIELDS: readonly FieldRow[] = [
  ...SDE_COMMON,
  bit('auxChannelD', 27),
  bit('auxChannelC', 26),
  bit('auxChannelB', 25),
];

const GROUPS: readonly Group[] = [
  ...GT_FIELDS.map((fields, n) => ({ name: `GEN8_GT_?_${n}`, base: 0x44300 + n * 0x10, fields })),
  ...PIPES.flatMap((pipe, n): Group[] => {
    const base = 0x44400 + n * 0x10;
    return [
      { name: `GEN8_DE_PIPE_?_${pipe}`, base, fields: PIPE_FIELDS, platforms: GEN9 },
      { name: `GEN8_DE_PIPE_?_${pipe}`, base, fields: BDW_PIPE_FIELDS, platforms: BDW },
    ];
  }),
  { name: 'GEN8_DE_PORT_?', base: 0x44440, fields: PORT_FIELDS },
  { name: 'GEN8_DE_MISC_?', base: 0x44460, fields: MISC_FIELDS },
  { name: 'GEN8_PCU_?', base: 0x444e0, fields: PCU_FIELDS },
  { name: 'SDE?', base: 0xc4000, fields: SDE_FIELDS, platforms: GEN9 },
  { name: 'SDE?', base: 0xc4000, fields: BDW_SDE_FIELDS, platforms: BDW },
];

export const INTERRUPT_REGISTERS: RegisterBlock = {
  name: 'Interrupts',
  rows: [
    {
      name: 'GEN7_ERR_INT',
      offset: 0x44040,
      fields: [
        bit('poison', 31),
        bit('invalidGttPte', 29),
        bit('invalidPteData', 28),
        bit('mmioUnclaimed', 13),
      ],
    },
    {
      name: 'DERRMR',
      offset: 0x44050,
      description: 'Display events that are not reported to the command streamers.',
    },
    {
      name: 'GEN8_MASTER_IRQ',
      offset: 0x44200,
      onWrite: 'master-interrupt',
      fields: MASTER_FIELDS,
      description: 'Which groups have something pending; bit 31 lets them interrupt.',
    },
    ...GROUPS.flatMap(interruptGroup),
    ...unnamed([0x44484, 0x4448c]),
    ...unnamed([0x44500], { platforms: GEN9 }),
  ],
};
