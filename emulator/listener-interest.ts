/**
 * Which events a listener wants to hear of; of a kind that is absent here, all. A device may tell of others too, and
 * need not: where nobody hears, accesses are taken in runs.
 */
export interface ListenerInterest {
  /** Of `registerChanged`: by dword of BAR0's first 2 MiB; 0: not this one. */
  readonly registers?: Uint8Array;
  /** Of `registerChanged`: what a register holds between an access's store and its rules need not be told. */
  readonly settled?: boolean;
  /** Of `ggttEntryChanged`: by entry; 0: not this one. */
  readonly entries?: Uint8Array;
  /** Of `memoryWritten`: numbers of pages of 4 KiB. */
  readonly pages?: ReadonlySet<number>;
}

/** What of a listener says what it hears. */
interface Hearer {
  readonly interest?: ListenerInterest;
  readonly registerChanged?: unknown;
  readonly ggttEntryChanged?: unknown;
  readonly memoryWritten?: unknown;
}

/** `dword`: index of a register's dword in BAR0. */
export function hearsRegister(listener: Hearer | undefined, dword: number): boolean {
  return listener?.registerChanged !== undefined && listener.interest?.registers?.[dword] !== 0;
}

export function hearsEntry(listener: Hearer | undefined, index: number): boolean {
  return listener?.ggttEntryChanged !== undefined && listener.interest?.entries?.[index] !== 0;
}

/** `page`: number of a page of guest memory. */
export function hearsPage(listener: Hearer | undefined, page: number): boolean {
  return listener?.memoryWritten !== undefined && listener.interest?.pages?.has(page) !== false;
}
