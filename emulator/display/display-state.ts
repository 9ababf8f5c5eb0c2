import type { VgpuConfig } from '../vgpu-config.ts';

/** State of the display side that no register shows. Plain data. */
export interface DisplayState {
  gmbus: GmbusState;
  /** Flip-done events that wait for the next vblank: event names (gvt-facts §9). */
  pendingFlips: string[];
}

export interface GmbusState {
  /** Bytes of the current transfer that are still to move. */
  remaining: number;
}

export function initialDisplay(_config: VgpuConfig): DisplayState {
  return { gmbus: { remaining: 0 }, pendingFlips: [] };
}
