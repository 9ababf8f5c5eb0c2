import type { Core } from '../core.ts';
import type { WriteHook } from '../mmio/hooks.ts';
import { hasQuirk } from '../quirks.ts';

/** Request bits that Skylake's wells have; a well's state is the bit below its request (gvt-facts §8). */
const SKYLAKE_REQUESTS = 0xa00002aa;
/** Broadwell has the one global well: request bit 31, state bit 30 (gvt-facts §8). */
const BROADWELL_REQUESTS = 0x80000000;

const GLOBAL_REQUEST = 0x80000000;
const GLOBAL_STATE = 0x40000000;

/** PWR_WELL_CTL of the firmware, the driver, the KVM redirection and the debugger. */
const REQUESTERS = [0x45400, 0x45404, 0x45408, 0x4540c] as const;

/**
 * PWR_WELL_CTL. A well is on while any requester asks for it, and all of them see the same state (SKL PRM vol 2c,
 * PWR_WELL_CTL); wells switch at once.
 */
export const writePowerWell: WriteHook = (core, offset, next) => {
  if (!isRequester(offset)) return followOwnRequest(core, offset, next);
  const requests =
    core.registers.map.tables.platform === 'bdw' ? BROADWELL_REQUESTS : SKYLAKE_REQUESTS;
  if (hasQuirk(core.config, 'power-wells-apart')) {
    core.registers.set(offset, (next & requests) | ((next & requests) >>> 1));
    return;
  }
  core.registers.set(offset, next & requests);
  const state = requestedBy(core, requests) >>> 1;
  for (const requester of REQUESTERS) {
    core.registers.set(requester, (core.registers.get(requester) & requests) | state);
  }
};

/** Broadwell's PWR_WELL_CTL5 and 6 ask for nothing; their state bit follows their own bit 31 (gvt-facts §8). */
function followOwnRequest(core: Core, offset: number, next: number): void {
  const state = (next & GLOBAL_REQUEST) === 0 ? 0 : GLOBAL_STATE;
  core.registers.set(offset, (next & ~GLOBAL_STATE) | state);
}

function isRequester(offset: number): boolean {
  return REQUESTERS.some((requester) => requester === offset);
}

function requestedBy(core: Core, requests: number): number {
  let asked = 0;
  for (const requester of REQUESTERS) asked |= core.registers.get(requester) & requests;
  return asked >>> 0;
}
