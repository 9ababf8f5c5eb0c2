import { SERVICES } from '../../../emulator/host/hypervisor/service-table.ts';
import { CONFIG_ROWS, defaultConfig, GVT_G_QUIRKS, QUIRKS } from '../../../emulator/index.ts';
import { markdown } from '../markdown.ts';
import { hex, NAMES, tryOut } from './platforms.ts';

const BARS = [
  { name: 'BAR0, registers and GGTT', register: 0x10 },
  { name: 'BAR2, aperture', register: 0x18 },
  { name: 'BAR4, I/O', register: 0x20 },
  { name: 'ROM', register: 0x30 },
] as const;

/** What a BAR answers a guest that asks for its size. */
function sizeOf(register: number): string {
  const { vgpu } = tryOut('skl');
  vgpu.write('config', register, 4, 0xffffffff, 0);
  const mask = vgpu.read('config', register, 4).low & ~0xf;
  return mask === 0 ? 'not there' : `${(~mask + 1) / 2 ** 20} MiB`;
}

/** By their ids. */
const CAPABILITIES = { powerManagement: 0x01, msi: 0x05 } as const;

/** As a guest finds it: by walking the list. */
function placeOf(platform: (typeof NAMES)[number], id: number): number {
  const { vgpu } = tryOut(platform);
  const byteAt = (at: number) => vgpu.read('config', at, 1).low;
  let at = byteAt(0x34);
  while (at !== 0 && byteAt(at) !== id) at = byteAt(at + 1);
  return at;
}

function capabilityRow(name: string, id: number): string[] {
  const places = NAMES.map((platform) => placeOf(platform, id));
  return [name, ...places.map((at) => (at === 0 ? '–' : hex(at)))];
}

export function otherTables(): Readonly<Record<string, string>> {
  return {
    bars: markdown(
      ['window', 'size that it answers'],
      BARS.map(({ name, register }) => [name, sizeOf(register)]),
    ),
    capabilities: markdown(
      ['capability', ...NAMES],
      Object.entries(CAPABILITIES).map(([name, id]) => capabilityRow(name, id)),
    ),
    'config-registers': markdown(
      ['offset', 'register', 'bytes', 'a guest can write'],
      CONFIG_ROWS.map(({ name, offset, size }) => [
        hex(offset, 2),
        name,
        String(size),
        writtenText(offset, size),
      ]),
    ),
    services: markdown(
      ['service', 'what it is', 'Xen', 'KVM'],
      SERVICES.map(({ name, meaning, xen, kvm }) => [`\`${name}\``, meaning, xen, kvm]),
    ),
    quirks: markdown(
      ['quirk', 'latent quirk', 'in the real GVT-g', 'unless asked for'],
      QUIRKS.map(({ id, source }) => [
        `\`${id}\``,
        /bugs\.md (§9\.\d+)/.exec(source)?.[1] ?? '–',
        GVT_G_QUIRKS.includes(id) ? 'yes' : 'no',
        defaultConfig('skl').quirks?.includes(id) === true ? 'on' : 'corrected',
      ]),
    ),
  };
}

const PATTERN = 0x5a5a5a5a;

/** Which bits a guest can change, found by writing two patterns; or clear, where it cannot. */
function writtenText(offset: number, size: number): string {
  const all = 0xffffffff >>> (32 - size * 8);
  const after = (held: number | undefined, written: number): number => {
    const { vgpu } = tryOut('skl');
    if (held !== undefined) vgpu.poke('config', offset, size, held, 0);
    vgpu.write('config', offset, size, written & all, 0);
    return vgpu.read('config', offset, size).low;
  };
  const writable = ((after(undefined, PATTERN) ^ after(undefined, ~PATTERN)) & all) >>> 0;
  if (writable === all) return 'all';
  if (writable !== 0) return hex(writable);
  const cleared = (all & ~after(all, all)) >>> 0;
  return cleared === 0 ? 'nothing' : `${hex(cleared)}, cleared by a 1`;
}
