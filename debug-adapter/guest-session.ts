import type {
  Breakpoint,
  CancellationToken,
  Direction,
  Inspection,
  InspectionResult,
  Moment,
  PokeTarget,
  SessionListener,
  StepKind,
  TimelineSession,
  Value64,
} from '../timeline/index.ts';

/** A session with several guests as one of them is looked at; without a guest the session itself. */
export function sessionOf(session: TimelineSession, guest: number | undefined): TimelineSession {
  return guest === undefined ? session : new GuestSession(session, guest);
}

class GuestSession implements TimelineSession {
  readonly #session: TimelineSession;
  readonly #guest: number;

  constructor(session: TimelineSession, guest: number) {
    this.#session = session;
    this.#guest = guest;
  }

  get summary() {
    return this.#session.summary;
  }

  get position() {
    return this.#session.position;
  }

  inspect<Q extends Inspection>(query: Q): Promise<InspectionResult<Q>> {
    return this.#session.inspect(query, this.#guest);
  }

  poke(target: PokeTarget, value: Value64): Promise<Value64> {
    return this.#session.poke(target, value, this.#guest);
  }

  writeHostFile(path: string, text: string): Promise<void> {
    return this.#session.writeHostFile(path, text);
  }

  resume(direction: Direction, token: CancellationToken) {
    return this.#session.resume(direction, token);
  }

  step(kind: StepKind, token: CancellationToken, thread?: string) {
    return this.#session.step(kind, token, thread);
  }

  restartLevel(thread: string, depth: number, token: CancellationToken) {
    return this.#session.restartLevel(thread, depth, token);
  }

  seek(moment: Moment, token: CancellationToken) {
    return this.#session.seek(moment, token);
  }

  setBreakpoints(breakpoints: readonly Breakpoint[]) {
    return this.#session.setBreakpoints(breakpoints);
  }

  setListener(listener: SessionListener | undefined): void {
    this.#session.setListener(listener);
  }

  setSkip(patterns: readonly string[]) {
    return this.#session.setSkip(patterns);
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
