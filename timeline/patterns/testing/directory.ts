import type { RegisterDirectory, RegisterField, RegisterInfo } from '../../register-directory.ts';

const flag = (name: string, bit: number): RegisterField => ({ name, low: bit, high: bit });

const info = (
  name: string,
  offset: number,
  fields: readonly RegisterField[] = [],
  access = 'rw',
  size = 4,
): RegisterInfo => ({ name, offset, size, fields, access });

const engine = (name: string, base: number): readonly RegisterInfo[] => [
  info(`${name}.RING_TAIL`, base + 0x30),
  info(`${name}.RING_HEAD`, base + 0x34),
  info(`${name}.RING_CTL`, base + 0x3c, [
    { name: 'enable', low: 0, high: 0, values: { 0: 'disabled', 1: 'enabled' } },
    { name: 'bufferLength', low: 12, high: 20, shift: 12 },
  ]),
  info(`${name}.ELSP`, base + 0x230),
  info(
    `${name}.RING_MODE`,
    base + 0x29c,
    [flag('ppgttEnable', 9), flag('runListEnable', 15)],
    'masked',
  ),
];

/** A few genuine Skylake registers, one of each kind that the timeline treats in its own way. */
export const SAMPLE_REGISTERS: readonly RegisterInfo[] = [
  ...engine('RCS0', 0x2000),
  ...engine('BCS0', 0x22000),
  info('GEN8_MASTER_IRQ', 0x44200, [flag('displayPipeA', 16), flag('masterEnable', 31)]),
  info('GEN8_DE_PIPE_IIR_A', 0x44408, [flag('vblank', 0), flag('flipDone', 3)], 'w1c'),
  info('PLANE_WM_1_A', 0x70240, [], 'rw', 32),
  info('_3D_CHICKEN3', 0x2090, [], 'masked'),
  info('GPIO_CTL_D', 0xc501c),
  info('VGT_MAGIC', 0x78000, [], 'ro', 8),
];

/** A directory over a list of registers, with the access modes' arithmetic (gvt-facts §2.3). */
export function directoryOf(registers: readonly RegisterInfo[]): RegisterDirectory {
  const byName = new Map(registers.map((each) => [each.name.toLowerCase(), each]));
  const byDword = new Map<number, RegisterInfo>();
  for (const each of registers) {
    for (let at = each.offset; at < each.offset + each.size; at += 4) byDword.set(at, each);
  }
  return {
    at: (offset) => byDword.get(offset - (offset % 4)),
    named: (name) => byName.get(name.toLowerCase()),
    names: () => registers.map((each) => each.name),
    afterWrite: (each, previous, written, byteMask) => {
      if (each.access === 'ro') return previous;
      if (each.access === 'w1c') return (previous & ~written) >>> 0;
      const mask = each.access === 'masked' ? written >>> 16 : byteMask;
      return ((previous & ~mask) | (written & mask)) >>> 0;
    },
  };
}

export const sampleDirectory = directoryOf(SAMPLE_REGISTERS);
