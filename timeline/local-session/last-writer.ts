import type { ArmedBreakpoint } from '../breakpoint/armed-breakpoint.ts';
import { HitCounts } from '../breakpoint/hit-counts.ts';
import { Scanner } from '../breakpoint/scanner.ts';
import { targetProblem, WatchedTarget } from '../breakpoint/watched-target.ts';
import type { DataTarget } from '../data-target.ts';
import { justBefore, type Moment } from '../moment.ts';
import { hex, type RegisterDirectory } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';

export interface WrittenPlace {
  readonly offset: number;
  readonly bits?: { readonly low: number; readonly high: number } | undefined;
  /** Of several guests, whose register; undefined where there is one. */
  readonly guest: number | undefined;
}

/**
 * The last event before the present moment at which `search` is hit. Searches back from checkpoint to checkpoint, as
 * breakpoints do.
 */
export async function lastHit(
  playhead: Playhead,
  directory: RegisterDirectory,
  search: ArmedBreakpoint,
  yieldToOthers: () => Promise<void>,
): Promise<Moment | undefined> {
  const here = playhead.moment;
  const scanner = new Scanner(playhead, directory, [search], new HitCounts());
  let found: Moment | undefined;
  for (let end = here; end.record + end.event > 0 && found === undefined; ) {
    playhead.restoreUpTo(justBefore(end));
    const first = playhead.moment;
    while (playhead.isBefore(end)) {
      scanner.begin();
      found = scanner.sweep(end)?.moment ?? found;
      scanner.end();
    }
    end = first;
    await yieldToOthers();
  }
  playhead.goTo(here.record, here.event);
  return found;
}

/**
 * The last event before the present moment that changed a register or a half of a GGTT entry (its BAR0 offset), or
 * only those bits of it: guest, hook, alarm or reset. Edits are no events and are not found.
 */
export function lastWriter(
  playhead: Playhead,
  directory: RegisterDirectory,
  { offset, bits, guest }: WrittenPlace,
  yieldToOthers: () => Promise<void>,
): Promise<Moment | undefined> {
  const place = { space: 'mmio', address: offset - (offset % 4), size: 4 } as const;
  const wanted = { ...place, ...(bits === undefined ? {} : { bits }) };
  return lastChange(playhead, directory, wanted, guest, yieldToOthers);
}

/**
 * The same of any place, of one guest of several; of guest memory the last time that it was shown or written. Rejects
 * where it is none.
 */
export async function lastChange(
  playhead: Playhead,
  directory: RegisterDirectory,
  place: DataTarget,
  guest: number | undefined,
  yieldToOthers: () => Promise<void>,
): Promise<Moment | undefined> {
  const problem = targetProblem(place);
  if (problem !== undefined) throw new Error(problem);
  const target = new WatchedTarget(place, guest);
  const name = hex(place.address);
  const access = place.space === 'memory' ? 'write' : 'change';
  const search = { id: 0, hitKey: name, access, target, name } as const;
  return lastHit(playhead, directory, search, yieldToOthers);
}
