import { nextHostVblank, switchDisplay } from './display-switch.ts';
import { coreOf, type Host, partyOf, recordOf, switchContext } from './host.ts';
import { ERRNO } from './host-problem.ts';

/** PVINFO's display_ready (gvt-facts §3). */
export const DISPLAY_READY = 0x78804;

/**
 * The control file `foreground_vm`, written (gvt-facts §14.4). 0, or an error number: no number −22, no such VM −19,
 * its display is not ready −11. The display is switched with the next vblank.
 */
export function requestForeground(host: Host, text: string): number {
  const trimmed = text.trim();
  if (!/^\d+$/.test(trimmed)) return ERRNO.invalid;
  const id = Number.parseInt(trimmed, 10);
  if (id !== 0 && recordOf(host, id) === undefined) return ERRNO.noDevice;
  if (id !== 0 && coreOf(host, id)?.registers.get(DISPLAY_READY) !== 1) return ERRNO.tryAgain;
  const { state } = host;
  if (id === state.foreground) {
    state.wantedForeground = -1;
    return 0;
  }
  state.wantedForeground = id;
  state.displayAt = nextHostVblank(state.now);
  return 0;
}

/** The switch happens at a vblank at which render engine and blitter are idle. */
export function tickDisplay(host: Host): void {
  const { state } = host;
  if (state.wantedForeground < 0 || state.now < state.displayAt) return;
  if (state.vgpus.some(({ id }) => isDrawing(host, id))) {
    state.displayAt = nextHostVblank(state.now);
    return;
  }
  showOnScreen(host, state.wantedForeground);
}

export function showOnScreen(host: Host, id: number): void {
  const { state } = host;
  switchDisplay(switchContext(host), partyOf(host, state.foreground), partyOf(host, id));
  state.foreground = id;
  state.wantedForeground = -1;
}

const DRAWING = new Set(['RCS0', 'BCS0']);

function isDrawing(host: Host, id: number): boolean {
  const core = coreOf(host, id);
  if (!core) return false;
  const { engines } = core.registers.map.tables;
  return core.state.engines.each.some(
    ({ phase }, index) => phase === 'run' && DRAWING.has(engines[index]?.name ?? ''),
  );
}
