import type { GuestAccess, SlotObserver } from './device/device-slot.ts';
import type { GuestPc, LineSource } from './guest-pc.ts';

/** What the device and whoever listens got to see while the guest booted. */
export type HistoryEntry =
  | { readonly micros: number; readonly access: GuestAccess }
  | { readonly micros: number; readonly source: LineSource; readonly text: string };

/**
 * Keeps the accesses of a boot, which are few: BIOS and kernel look at configuration space. Played to a new device,
 * whatever its slice and monitor, they bring it to where the booted guest expects it.
 */
export function keepHistory(pc: GuestPc): HistoryEntry[] {
  const history: HistoryEntry[] = [];
  const micros = () => Math.floor(pc.slot.device.now / 1000);
  const observer: SlotObserver = {
    synced: () => undefined,
    accessed: (access) => history.push({ micros: micros(), access }),
  };
  pc.slot.observer = observer;
  pc.listen((source, text) => history.push({ micros: micros(), source, text }));
  return history;
}

export function playHistory(pc: GuestPc, history: readonly HistoryEntry[]): void {
  const { slot } = pc;
  for (const entry of history) {
    slot.syncTo(entry.micros * 1000);
    if ('text' in entry) pc.tell(entry.source, entry.text);
    else playAccess(pc, entry.access);
  }
}

function playAccess({ slot }: GuestPc, access: GuestAccess): void {
  const { kind, space, offset, size, low, high } = access;
  if (kind === 'read') slot.readNow(space, offset, size);
  else slot.writeNow(space, offset, size, low, high);
}
