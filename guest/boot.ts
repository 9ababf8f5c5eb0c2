import path from 'node:path';
import { createVgpu, defaultConfig, type Platform, type VgpuConfig } from '../emulator/index.ts';
import { keepHistory, playHistory } from './boot-history.ts';
import { type BootSnapshot, readSnapshot, snapshotName, writeSnapshot } from './boot-snapshot.ts';
import { GuestPc } from './guest-pc.ts';
import type { GuestImages } from './images.ts';
import { v86Version } from './v86/load-v86.ts';

/**
 * `nokaslr`, `mitigations=off`, `nowatchdog`: equal and quick. `tsc=reliable`: the clock is exact. `acpiphp.disable=1`:
 * PCI devices have vanished without it.
 */
const COMMAND_LINE =
  'console=ttyS0,115200 nokaslr mitigations=off nowatchdog tsc=reliable acpiphp.disable=1';

export interface BootOptions {
  readonly images: GuestImages;
  /** Bytes of RAM. */
  readonly memory: number;
  /** Where snapshots of booted guests are kept. */
  readonly snapshots: string;
  /** What the device is that its firmware finds; Skylake if absent. */
  readonly platform?: Platform;
  /** Its firmware gives it the vGPU's OpRegion, with the VBT; absent: it has none, as in QEMU without its option. */
  readonly opRegion?: boolean;
  /** More words for the kernel's command line; none if absent. */
  readonly commandLine?: string;
}

/** A function that gets a PC before anything has happened to its device, to listen to it. */
type Attach = (pc: GuestPc) => void;

/** The snapshot of a booted guest; made where there is none yet. `watch` gets the PC that is booted for it. */
export async function bootedGuest(options: BootOptions, watch: Attach): Promise<BootSnapshot> {
  const { images, memory, snapshots, platform } = options;
  const name = snapshotName({
    v86: v86Version(),
    bios: new Uint8Array(images.bios),
    vgaBios: new Uint8Array(images.vgaBios),
    kernel: new Uint8Array(images.kernel),
    initrd: new Uint8Array(images.initrd),
    memory,
    commandLine: commandLineOf(options),
    // The kernel remembers the ids and capabilities that it has found.
    configuration: configurationOf(platform),
  });
  const file = path.join(snapshots, name);
  const known = await readSnapshot(file);
  if (known !== undefined) return known;
  const made = await boot(options, watch);
  await writeSnapshot(file, made);
  return made;
}

/** PCI configuration space as a kernel finds it. */
function configurationOf(platform: Platform | undefined): Uint8Array {
  const device = createVgpu(defaultConfig(platform));
  return Uint8Array.from({ length: 256 }, (_, at) => device.peek('config', at, 1).low);
}

/** A PC with a device of its own, at the moment of the snapshot. */
export async function guestFrom(
  snapshot: BootSnapshot,
  options: BootOptions,
  device: VgpuConfig,
  attach: Attach,
): Promise<GuestPc> {
  const { images, memory } = options;
  const { bios, vgaBios } = images;
  const commandLine = commandLineOf(options);
  const pc = await GuestPc.create({ memory, bios, vgaBios, commandLine, device });
  attach(pc);
  pc.machine.restore(snapshot.state, snapshot.clock);
  playHistory(pc, snapshot.history);
  if (options.opRegion === true) placeOpRegion(pc);
  return pc;
}

/** Between the VGA BIOS and the BIOS: no RAM by the PC's memory map, so that the kernel leaves it alone. */
const OPREGION_ADDRESS = 0xd0000;
const ASLS = 0xfc;

/** What firmware does: the OpRegion into memory, its address into configuration space (gvt-facts §1.5). */
function placeOpRegion({ slot }: GuestPc): void {
  slot.ram.write(OPREGION_ADDRESS, slot.device.opRegion);
  slot.write('config', ASLS, 4, OPREGION_ADDRESS, 0);
}

async function boot(options: BootOptions, watch: Attach): Promise<BootSnapshot> {
  const { images, memory, platform } = options;
  const { bios, vgaBios, kernel, initrd } = images;
  const pc = await GuestPc.create({
    memory,
    bios,
    vgaBios,
    kernel: { image: kernel, initrd },
    commandLine: commandLineOf(options),
    device: defaultConfig(platform),
  });
  const history = keepHistory(pc);
  watch(pc);
  await pc.runUntil('shell', /^guest: ready/, LONGEST_BOOT);
  // The shell's greeting is over when it answers.
  await pc.command('true', 10);
  return { ...pc.machine.save(), history };
}

function commandLineOf({ commandLine }: BootOptions): string {
  return commandLine === undefined ? COMMAND_LINE : `${COMMAND_LINE} ${commandLine}`;
}

/** Seconds of guest time. */
const LONGEST_BOOT = 300;
