import fc from 'fast-check';
import type { Partition } from '../partition.ts';
import type { EngineGuest } from './engine-guest.ts';

/** Something that a guest does. Addresses are offsets into its own or the other's slice, chosen when it is done. */
export type Act =
  | {
      readonly kind: 'access';
      readonly space: 'mmio' | 'aperture' | 'config';
      readonly offset: number;
      readonly value: number;
      readonly write: boolean;
    }
  /** An entry of the other's slice, or of nobody's, is written whole or by halves. */
  | { readonly kind: 'entry'; readonly page: number; readonly value: number; readonly half: number }
  /** Commands made of addresses in the other's slice. */
  | {
      readonly kind: 'commands';
      readonly make: number;
      readonly page: number;
      readonly value: number;
    }
  /** A window onto the other's slice through the aperture. */
  | {
      readonly kind: 'window';
      readonly page: number;
      readonly value: number;
      readonly write: boolean;
    }
  /** A fence register, most of which are not its own. */
  | {
      readonly kind: 'fence';
      readonly fence: number;
      readonly high: boolean;
      readonly value: number;
    }
  | { readonly kind: 'reset'; readonly how: 'engine' | 'engines' | 'device' | 'D3' };

const word = fc.integer({ min: 0, max: 0xffffffff });
const page = fc.nat(0x7fff);

const access = fc.record({
  kind: fc.constant('access' as const),
  space: fc.constantFrom('mmio' as const, 'aperture' as const, 'config' as const),
  offset: fc.oneof(
    fc.nat(0xffffff).map((n) => n & ~3),
    // PVINFO, run lists, resets, display, display_ready, ELSP, status page, GDRST.
    fc.constantFrom(0x941c, 0x78808, 0x78818, 0x78838, 0x229c, 0x44200, 0x7019c, 0x78804, 0x2230),
    fc.constantFrom(0x2080, 0x2030, 0x2034, 0x2038, 0x203c, 0x8000000, 0xc000000, 0x10000000),
  ),
  value: word,
  write: fc.boolean(),
});

export const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: access },
  fc.record({ kind: fc.constant('entry' as const), page, value: word, half: fc.nat(2) }),
  fc.record({ kind: fc.constant('commands' as const), make: fc.nat(7), page, value: word }),
  fc.record({ kind: fc.constant('window' as const), page, value: word, write: fc.boolean() }),
  fc.record({
    kind: fc.constant('fence' as const),
    fence: fc.nat(31),
    high: fc.boolean(),
    value: word,
  }),
  fc.record({
    kind: fc.constant('reset' as const),
    how: fc.constantFrom('engine' as const, 'engines' as const, 'device' as const, 'D3' as const),
  }),
);

/** MI_STORE_DATA_IMM, MI_STORE_REGISTER_MEM, MI_LOAD_REGISTER_MEM, MI_UPDATE_GTT, and what else goes to an address. */
const COMMANDS: readonly ((address: number, value: number) => readonly number[])[] = [
  (address, value) => [0x10400002, address, 0, value],
  (address) => [0x12400002, 0x2098, address, 0],
  (address) => [0x14c00002, 0x2098, address, 0],
  // A register that is the host's, by MI_LOAD_REGISTER_IMM.
  (_address, value) => [0x11000001, 0x100000 + (value & 0xf8), value],
  (address) => [0x18800101, address, 0],
  // PIPE_CONTROL with a post-sync write, MI_FLUSH_DW with one, a semaphore that waits there.
  (address, value) => [0x7a000004, 0x01004000, address, 0, value, 0],
  (address, value) => [0x13004002, address, 0, value],
  (address, value) => [0x0e40d002, value, address, 0],
];

/** The guest does it; `other` is whose slice it reaches for. */
export function perform(guest: EngineGuest, deed: Act, other: Partition): void {
  const low = (n: number) => other.mappableBase + ((n * 4096) % other.mappableSize);
  const high = (n: number) => other.hiddenBase + ((n * 4096) % other.hiddenSize);
  const { device } = guest;
  switch (deed.kind) {
    case 'access':
      if (deed.write) device.write(deed.space, deed.offset, 4, deed.value, 0);
      else device.read(deed.space, deed.offset, 4);
      break;
    case 'entry': {
      const address = deed.value % 2 === 0 ? low(deed.page) : high(deed.page);
      const offset = 0x800000 + (address / 4096) * 8;
      if (deed.half === 0) device.write('mmio', offset, 8, (deed.value | 1) >>> 0, 0);
      else device.write('mmio', offset + (deed.half - 1) * 4, 4, (deed.value | 1) >>> 0, 0);
      break;
    }
    case 'commands':
      guest.run(guest.context(), COMMANDS[deed.make]?.(high(deed.page), deed.value) ?? []);
      break;
    case 'window':
      if (deed.write) device.write('aperture', low(deed.page), 4, deed.value, 0);
      else device.read('aperture', low(deed.page), 4);
      break;
    case 'fence':
      guest.w(0x100000 + deed.fence * 8 + (deed.high ? 4 : 0), deed.value);
      break;
    case 'reset':
      reset(guest, deed.how);
  }
  device.runWork();
}

function reset(guest: EngineGuest, how: 'engine' | 'engines' | 'device' | 'D3'): void {
  if (how === 'engine') guest.w(0x941c, 2);
  else if (how === 'engines') guest.w(0x941c, 1);
  else if (how === 'D3') guest.device.write('config', 0xd4, 2, 3, 0);
  else guest.vgpu.reset();
}
