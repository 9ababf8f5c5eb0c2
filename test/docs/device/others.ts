import { SERVICES } from '../../../emulator/host/hypervisor/service-table.ts';
import {
  defaultConfig,
  GVT_G_QUIRKS,
  type Platform,
  QUIRKS,
  registerDirectory,
} from '../../../emulator/index.ts';
import { CAPABILITIES } from '../../../emulator/pci/capability-rows.ts';
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

/** As a guest finds them, by walking the list: `msi 0x90 → …`. */
function listOf(platform: Platform): string {
  const { vgpu } = tryOut(platform);
  const byteAt = (at: number) => vgpu.read('config', at, 1).low;
  const found: string[] = [];
  for (let at = byteAt(0x34); at !== 0; at = byteAt(at + 1)) {
    const [kind = 'unknown'] =
      Object.entries(CAPABILITIES).find(([, { id }]) => id === byteAt(at)) ?? [];
    found.push(`${kind} ${hex(at)}`);
  }
  return found.join(' → ');
}

/** A register of configuration space: where each platform has it. */
function registerRow(name: string): string[] {
  const found = NAMES.map((platform) => ({
    platform,
    info: registerDirectory(platform).config.find((each) => each.name === name),
  }));
  const offsets = found.map(({ info }) => (info === undefined ? '–' : hex(info.offset, 2)));
  const [first] = found.flatMap(({ platform, info }) =>
    info === undefined ? [] : [{ platform, ...info }],
  );
  if (first === undefined) throw new Error(`no platform has ${name}`);
  const { platform, offset, size } = first;
  return [name, ...offsets, String(size), writtenText(platform, offset, size)];
}

const REGISTER_NAMES = new Set(
  NAMES.flatMap((platform) => registerDirectory(platform).config.map(({ name }) => name)),
);

export function otherTables(): Readonly<Record<string, string>> {
  return {
    bars: markdown(
      ['window', 'size that it answers'],
      BARS.map(({ name, register }) => [name, sizeOf(register)]),
    ),
    capabilities: markdown(
      ['platform', 'capabilities, first to last'],
      NAMES.map((platform) => [platform, listOf(platform)]),
    ),
    'config-registers': markdown(
      ['register', ...NAMES, 'bytes', 'a guest can write'],
      [...REGISTER_NAMES].map(registerRow),
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
function writtenText(platform: Platform, offset: number, size: number): string {
  const all = 0xffffffff >>> (32 - size * 8);
  const after = (held: number | undefined, written: number): number => {
    const { vgpu } = tryOut(platform);
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
