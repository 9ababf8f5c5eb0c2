import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import { GGTT_OFFSET, PAGE_BYTES, PTE_BYTES } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import { PlaceIndex } from './place-index.ts';
import type { WatchedTarget } from './watched-target.ts';

/** Of breakpoints on records or register accesses, those that a record hits. */
export function breakpointsAt(
  breakpoints: readonly ArmedBreakpoint[],
  store: TraceStore,
  record: number,
): readonly ArmedBreakpoint[] {
  const [kind, space] = [store.kind(record), store.space(record)];
  const [offset, size] = [store.offset(record), store.size(record)];
  return breakpoints.filter((breakpoint) => {
    if (breakpoint.record !== undefined) return breakpoint.record === record;
    const { matcher } = breakpoint;
    return isWanted(breakpoint, kind) && matcher?.matches(space, offset, size) === true;
  });
}

/** A data breakpoint that accesses reach, changed or not. */
interface Reachable {
  readonly breakpoint: ArmedBreakpoint;
  readonly target: WatchedTarget;
}

/** Of breakpoints, those on data that the access in a record reads or writes. */
export class ReachedData {
  readonly #byPlace = new PlaceIndex<Reachable>();
  readonly #memory: Reachable[] = [];

  constructor(breakpoints: readonly ArmedBreakpoint[]) {
    for (const breakpoint of breakpoints) {
      const { target, access } = breakpoint;
      if (target === undefined || access === 'change') continue;
      if (target.range !== undefined) this.#byPlace.add(target.range, { breakpoint, target });
      else this.#memory.push({ breakpoint, target });
    }
  }

  /** In the order in which they were given. */
  by(playhead: Playhead, record: number): readonly ArmedBreakpoint[] {
    const { store } = playhead;
    const [kind, space] = [store.kind(record), store.space(record)];
    if (kind !== RecordKind.read && kind !== RecordKind.write) return [];
    const [offset, size] = [store.offset(record), store.size(record)];
    const reached =
      space === Space.aperture
        ? this.#memory.filter(({ target }) => reachesMemory(target, playhead, record))
        : this.#byPlace
            .at(space, offset, size)
            .filter(({ target }) => target.overlaps(offset, size));
    return reached.flatMap(({ breakpoint }) => (isWanted(breakpoint, kind) ? [breakpoint] : []));
  }
}

/** Reads through the aperture only: writes to memory are heard from the device. */
function reachesMemory(
  target: WatchedTarget,
  { store, device }: Playhead,
  record: number,
): boolean {
  if (store.kind(record) !== RecordKind.read) return false;
  const address = store.offset(record);
  const index = Math.floor(address / PAGE_BYTES);
  const entry = device.peek('mmio', GGTT_OFFSET + index * PTE_BYTES, PTE_BYTES);
  if (!entry.known || (entry.low & 1) === 0) return false;
  const frame = ((entry.low & 0xfffff000) >>> 0) + (entry.high & 0x3fff) * 2 ** 32;
  return target.overlaps(frame + (address % PAGE_BYTES), store.size(record));
}

function isWanted({ access }: ArmedBreakpoint, kind: RecordKind): boolean {
  if (kind === RecordKind.read) return access === 'read' || access === 'readWrite';
  return kind === RecordKind.write && (access === 'write' || access === 'readWrite');
}
