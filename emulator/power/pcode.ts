import type { Core } from '../core.ts';
import type { WriteHook } from '../mmio/hooks.ts';
import type { Platform } from '../mmio/register-row.ts';
import { hasQuirk } from '../quirks.ts';

const DATA0 = 0x138128;
const COMMAND = 0xff;
const READY = 0x80000000;
/** Command going in, error code coming out. */
const ERROR = 0xff;

interface PcodeCommand {
  readonly command: number;
  /** As i915's register headers call it. */
  readonly name: string;
  readonly platforms: readonly Platform[];
  /** What data 0 holds afterwards, from what it held. */
  readonly answer: (data0: number) => number;
}

const SAGV_CONTROL = 0x21;

const ALL: readonly Platform[] = ['bdw', 'skl', 'kbl'];
const GEN9: readonly Platform[] = ['skl', 'kbl'];

/** Commands that give data back (gvt-facts §8, PCODE mailbox); any other only completes. */
const COMMANDS: readonly PcodeCommand[] = [
  { command: 5, name: 'GEN6_PCODE_READ_RC6VIDS', platforms: ALL, answer: (data0) => data0 | 1 },
  {
    command: 6,
    name: 'GEN9_PCODE_READ_MEM_LATENCY',
    platforms: GEN9,
    answer: (data0) => (data0 === 0 ? 0x1e1a1100 : 0x61514b3d),
  },
  // 1: ready for the change.
  { command: 7, name: 'SKL_PCODE_CDCLK_CONTROL', platforms: GEN9, answer: () => 1 },
  // 1: SAGV is off. i915 (intel_pm.c, skl_pcode_request) repeats the command until it reads this; gvt-facts §8 says
  // no more of it than that it completes.
  { command: SAGV_CONTROL, name: 'GEN9_PCODE_SAGV_CONTROL', platforms: GEN9, answer: () => 1 },
];

/** PCODE_MAILBOX: the command is done at once; ready and error are clear in what is read back. */
export const writePcodeMailbox: WriteHook = (core, offset, next) => {
  const row = find(core, next & COMMAND);
  const silent = row?.command === SAGV_CONTROL && hasQuirk(core.config, 'pcode-sagv-silent');
  if (row && !silent) core.registers.set(DATA0, row.answer(core.registers.get(DATA0)));
  core.registers.set(offset, next & ~(READY | ERROR));
};

function find(core: Core, command: number): PcodeCommand | undefined {
  return COMMANDS.find(
    (row) => row.command === command && row.platforms.includes(core.registers.map.tables.platform),
  );
}
