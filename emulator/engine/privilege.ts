import type { SpaceBit } from '../command/command-row.ts';
import { fault, hex } from '../core.ts';
import type { Engine } from './engine.ts';
import type { FetchedCommand } from './fetch.ts';

/** Commands that are privileged whatever their operands are. */
const PRIVILEGED: ReadonlySet<string> = new Set([
  'MI_UPDATE_GTT',
  'MI_DISPLAY_FLIP',
  'MI_SET_CONTEXT',
]);

/**
 * A batch in the PPGTT is a user's: a command that names the GGTT must come from a privileged one (Intel's media
 * driver, mhw_mi_hwcmd_g8_X.h: MI_ATOMIC, MI_STORE_DATA_IMM and others). Hardware leaves such a command out, or
 * ignores the bit; here it is executed, and said.
 */
export function checkPrivilege(engine: Engine, command: FetchedCommand): void {
  const { core, row } = engine;
  if (core.listener?.fault === undefined || engine.state.batches.at(-1)?.space !== 'ppgtt') return;
  const { event, dwords } = command;
  const why = PRIVILEGED.has(command.row.name)
    ? 'is privileged'
    : namesGgtt(command)
      ? 'names the GGTT'
      : undefined;
  if (why === undefined) return;
  const text = () =>
    `${row.name}: ${event.name} ${hex(dwords[0] ?? 0)} in a user batch at ppgtt ${hex(event.address)} ${why}`;
  const { address: graphics, space } = event;
  fault(core, 'command-privilege', text, { engine: row.name, graphics, space, dwords });
}

function namesGgtt({ row, dwords }: FetchedCommand): boolean {
  for (const { space, when } of row.addresses ?? []) {
    if (typeof space === 'string' || !isGgtt(space, dwords)) continue;
    const holds = when?.every(
      ({ dword, mask, value, not }) =>
        (((dwords[dword] ?? 0) & mask) >>> 0 === value) !== (not === true),
    );
    if (holds !== false) return true;
  }
  return false;
}

function isGgtt({ dword, bit, set }: SpaceBit, dwords: readonly number[]): boolean {
  const isSet = (((dwords[dword] ?? 0) >>> bit) & 1) === 1;
  return isSet === (set === 'ggtt');
}
