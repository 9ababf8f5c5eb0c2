/** What the hardware's GGTT holds in the few places where it is not what the guest sees. Plain data. */
export interface HostEntries {
  count: number;
  /** By entry index. */
  each: Record<string, HostEntry>;
}

export interface HostEntry {
  readonly low: number;
  readonly high: number;
}

export function noHostEntries(): HostEntries {
  return { count: 0, each: {} };
}

export function hostEntryAt(entries: HostEntries, index: number): HostEntry | undefined {
  return entries.count === 0 ? undefined : entries.each[index];
}

export function keepHostEntry(
  entries: HostEntries,
  index: number,
  low: number,
  high: number,
): void {
  if (entries.each[index] === undefined) entries.count++;
  entries.each[index] = { low, high };
}

export function dropHostEntry(entries: HostEntries, index: number): void {
  if (entries.count === 0 || entries.each[index] === undefined) return;
  delete entries.each[index];
  entries.count--;
}
