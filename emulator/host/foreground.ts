import { nextHostVblank, switchDisplay } from './display-switch.ts';
import { coreOf, type Host, partyOf, recordOf, switchContext } from './host.ts';
import { ERRNO, type HostProblem } from './host-problem.ts';

/** PVINFO's display_ready (gvt-facts §3). */
export const DISPLAY_READY = 0x78804;

/**
 * The control file `foreground_vm`, written (gvt-facts §14.4). Undefined, or the problem: no number −22, no such VM
 * −19, its display is not ready −11. The display is switched with the next vblank.
 */
export function requestForeground(host: Host, text: string): HostProblem | undefined {
  const trimmed = text.trim();
  const id = /^\d+$/.test(trimmed) ? Number.parseInt(trimmed, 10) : undefined;
  const problem = foregroundProblem(host, id, trimmed);
  if (problem !== undefined || id === undefined) return problem;
  const { state } = host;
  if (id === state.foreground) {
    state.wantedForeground = -1;
    return undefined;
  }
  state.wantedForeground = id;
  state.displayAt = nextHostVblank(state.now);
  return undefined;
}

function foregroundProblem(
  host: Host,
  id: number | undefined,
  text: string,
): HostProblem | undefined {
  if (id === undefined) {
    const problem = `foreground_vm takes the number of a vGPU, or 0 for the host, not "${text}".`;
    return { errno: ERRNO.invalid, problem };
  }
  if (id === 0) return undefined;
  if (recordOf(host, id) === undefined) {
    return { errno: ERRNO.noDevice, problem: `There is no vGPU ${id}.` };
  }
  if (coreOf(host, id)?.registers.get(DISPLAY_READY) === 1) return undefined;
  const problem = `The display of vGPU ${id} is not ready: its guest has not written 1 to display_ready of PVINFO (0x78804).`;
  return { errno: ERRNO.tryAgain, problem };
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
