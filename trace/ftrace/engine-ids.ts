/** An engine by the number that tracepoints call `ring`: the kernel's enum intel_engine_id. */
interface EngineId {
  readonly ring: number;
  readonly engine: string;
  /** Another number, which tells the kernel if it has occurred: then this row does not count. */
  readonly unless?: number;
  readonly kernels: string;
}

/** The numbers changed whenever engines were added (gvt-facts §6.1). The first row that fits counts. */
const ENGINE_IDS: readonly EngineId[] = [
  { ring: 0, engine: 'rcs0', kernels: 'all' },
  { ring: 1, engine: 'bcs0', kernels: 'from 4.10 on' },
  { ring: 2, engine: 'vcs0', kernels: '4.10 to 5.18' },
  { ring: 3, engine: 'vcs1', kernels: '4.10 to 5.18' },
  { ring: 4, engine: 'vecs0', kernels: '4.10 to 4.20' },
  { ring: 6, engine: 'vecs0', kernels: '5.0 to 5.12' },
  { ring: 10, engine: 'vcs0', unless: 2, kernels: 'from 5.19 on' },
  { ring: 10, engine: 'vecs0', kernels: '5.13 to 5.18' },
  { ring: 11, engine: 'vcs1', kernels: 'from 5.19 on' },
  { ring: 18, engine: 'vecs0', kernels: 'from 5.19 on' },
];

/** Names engines as the numbers of one log are met. */
export class EngineIds {
  readonly #seen = new Set<number>();

  nameOf(ring: number): string {
    if (this.#seen.size < 64) this.#seen.add(ring);
    const row = ENGINE_IDS.find(
      (candidate) =>
        candidate.ring === ring &&
        (candidate.unless === undefined || !this.#seen.has(candidate.unless)),
    );
    return row?.engine ?? `ring${ring}`;
  }
}
