import type {
  Breakpoint,
  BreakpointStatus,
  CancellationToken,
  Direction,
  EngineView,
  Inspection,
  InspectionResult,
  InspectionResults,
  Moment,
  PokeTarget,
  RegisterView,
  SessionListener,
  StepKind,
  Stop,
  StopReason,
  TimelineSession,
  TraceSummary,
  Value64,
} from '../../timeline/index.ts';

/** Registers of the fake device; record n writes n to register n % 2. */
const REGISTERS = ['FAKE.FIRST', 'FAKE.SECOND'] as const;

const known = (low: number): Value64 => ({ low, high: 0, known: true });

/**
 * A session without a device: `records` writes that are nowhere stored, one passed per turn of the event loop, so
 * that tests can pause, cancel and disconnect in the middle of a run that would never end by itself.
 */
export class FakeSession implements TimelineSession {
  readonly summary: TraceSummary;
  readonly poked: { target: PokeTarget; value: Value64 }[] = [];
  closed = false;
  skipped: readonly string[] = [];
  engines: readonly EngineView[] = [];
  breakpoints: readonly Breakpoint[] = [];
  listener: SessionListener | undefined;
  #record = 0;

  constructor(records: number) {
    this.summary = {
      name: 'fake',
      format: 'fake',
      records,
      accesses: records,
      device: { bars: [], notes: [] },
      diagnostics: [],
      guests: [],
    };
  }

  get position(): Moment {
    return { record: this.#record, event: 0 };
  }

  async resume(direction: Direction, token: CancellationToken): Promise<Stop> {
    const step = direction === 'forward' ? 1 : -1;
    const last = direction === 'forward' ? this.summary.records : 0;
    while (this.#record !== last) {
      this.#record += step;
      const hit = this.breakpoints.filter((each) => this.#hits(each));
      for (const each of hit.filter(({ logMessage }) => logMessage !== undefined)) {
        this.listener?.log?.({
          moment: this.position,
          breakpointId: each.id,
          text: each.logMessage ?? '',
        });
      }
      const stops = hit.filter(({ logMessage }) => logMessage === undefined);
      if (stops.length > 0)
        return this.#stop(
          'breakpoint',
          stops.map(({ id }) => id),
        );
      if (token.cancelled) return this.#stop('pause');
      this.listener?.progress?.(this.#record / this.summary.records);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return this.#stop(direction === 'forward' ? 'end' : 'start');
  }

  async step(kind: StepKind, _token: CancellationToken): Promise<Stop> {
    const back = kind === 'back' || kind === 'backIn' || kind === 'backOut';
    this.#record = Math.max(0, Math.min(this.summary.records, this.#record + (back ? -1 : 1)));
    return this.#stop('step');
  }

  async restartLevel(): Promise<Stop> {
    return this.#stop('step');
  }

  async seek(moment: Moment, _token: CancellationToken): Promise<Stop> {
    this.#record = moment.record;
    return this.#stop('goto');
  }

  async setBreakpoints(breakpoints: readonly Breakpoint[]): Promise<readonly BreakpointStatus[]> {
    this.breakpoints = breakpoints;
    return breakpoints.map(({ id }) => ({ id, verified: true }));
  }

  setListener(listener: SessionListener | undefined): void {
    this.listener = listener;
  }

  async setSkip(patterns: readonly string[]) {
    this.skipped = patterns;
    return [];
  }

  async inspect<Q extends Inspection>(query: Q): Promise<InspectionResult<Q>> {
    if (query.kind === 'lastWriter') return await new Promise<never>(() => {});
    if (query.kind === 'walk') throw new TypeError('the fake device has no page tables');
    // The answers stand under the names of their questions.
    return this.#answers(query)[query.kind] as InspectionResult<Q>;
  }

  async writeHostFile(): Promise<void> {
    throw new Error('There is no host around this device that has control files.');
  }

  async poke(target: PokeTarget, value: Value64): Promise<Value64> {
    this.poked.push({ target, value });
    return value;
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  #answers(query: Inspection): Partial<InspectionResults> {
    const expression = query.kind === 'evaluate' ? query.expression : '';
    const register = this.#registers().find(({ name }) => name === expression);
    const value = known(register?.value.low ?? Number(expression));
    return {
      access: undefined,
      stack: { frames: [{ name: 'write', record: this.#record, kind: 'access' }], driver: [] },
      blocks: [{ name: 'FAKE', registers: 2, kind: 'engine' }],
      registers: this.#registers(),
      register: this.#registers().find(
        (each) => query.kind === 'register' && each.name === query.name,
      ),
      evaluate: {
        value,
        text: String(value.low),
        type: 'number',
        ...(register === undefined
          ? {}
          : { register, target: { space: 'mmio', address: register.offset, size: 4 } }),
      },
      engines: this.engines,
      hash: `hash of ${this.#record}`,
    };
  }

  #registers(): readonly RegisterView[] {
    return REGISTERS.map((name, index) => ({
      name,
      offset: 0x2000 + index * 4,
      size: 4,
      value: known(this.#record),
      access: 'rw',
      fields: [{ name: 'low', low: 0, high: 7, value: this.#record & 0xff }],
    }));
  }

  #hits({ place }: Breakpoint): boolean {
    if (place.kind === 'record') return place.record === this.#record;
    return place.kind === 'name' && place.pattern === REGISTERS[this.#record % 2];
  }

  #stop(reason: StopReason, breakpointIds: readonly number[] = []): Stop {
    return { reason, moment: this.position, breakpointIds };
  }
}
