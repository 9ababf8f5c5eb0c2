import type { Moment, Stop } from '../timeline/index.ts';
import { BreakpointTable } from './breakpoint-table.ts';
import { Client } from './client.ts';
import { CommandBreakpoints } from './command-breakpoints.ts';
import { AdapterError } from './errors.ts';
import type { EventSink } from './event-sink.ts';
import { FaultOutput } from './fault-output.ts';
import type { LaunchOptions } from './launch/launch-options.ts';
import { LogOutput } from './log-output.ts';
import { MemoryViews } from './memory-views.ts';
import { PendingRequests } from './pending-requests.ts';
import type { Program, ProgramOpener } from './program.ts';
import { type OperationFacts, Operations } from './progress.ts';
import { type Movement, RunControl } from './run-control.ts';
import { DRIVER_THREAD, stoppedBody } from './stopped-body.ts';
import { Threads } from './threads.ts';
import { hex } from './variables/format.ts';
import type { WalkChoice } from './variables/ggtt-rows.ts';
import { VariableTable } from './variables/variable-table.ts';

/** Everything one conversation with one client knows, from `initialize` to `disconnect`. */
export class Conversation {
  readonly send: EventSink;
  readonly openProgram: ProgramOpener;
  readonly requests = new PendingRequests();
  readonly operations = new Operations();
  readonly runs = new RunControl();
  readonly breakpoints = new BreakpointTable();
  readonly commandBreakpoints = new CommandBreakpoints();
  readonly variables = new VariableTable();
  readonly memoryViews = new MemoryViews();
  readonly threads = new Threads();
  /** How the client wants numbers; containers that are opened later read it then. */
  readonly format = { hex: false };
  readonly walk: WalkChoice = { address: undefined };
  /** The same for the address space of each engine. */
  readonly engineWalks = new Map<string, WalkChoice>();
  client = new Client();
  launch: LaunchOptions | undefined;
  /** Where the recording stands, and why; undefined while it runs. */
  stop: Stop | undefined;
  #program: Program | undefined;
  #log: LogOutput | undefined;
  #faults: FaultOutput | undefined;
  #closed = false;
  #unknownByteExplained = false;

  constructor(send: EventSink, openProgram: ProgramOpener) {
    this.send = send;
    this.openProgram = openProgram;
  }

  /** The recording; throws `notLaunched` where none is open yet. */
  get program(): Program {
    if (this.#program === undefined) {
      throw new AdapterError(
        'notLaunched',
        "No recording is open: the request 'launch' must come first and succeed.",
      );
    }
    return this.#program;
  }

  get launched(): boolean {
    return this.#program !== undefined;
  }

  /** Takes over what `launch` opened. */
  async begin(program: Program, options: LaunchOptions): Promise<void> {
    if (this.#closed) {
      await program.session.close();
      return;
    }
    this.#program = program;
    this.launch = options;
    this.#log = new LogOutput(this.send, ({ moment }) => this.#placeOf(moment));
    this.#faults = new FaultOutput(this.send, (moment) => this.#placeOf(moment));
  }

  /** Starts a movement through the recording; `stopped` is sent when it ends. */
  move(
    requestId: number,
    title: string,
    move: Movement['move'],
    { stopped }: Partial<Pick<Movement, 'stopped'>> = {},
  ): void {
    const { session } = this.program;
    const log = this.#log;
    const faults = this.#faults;
    this.leavePresent();
    const operation = this.beginOperation({ title, requestId, cancel: () => this.runs.pause() });
    session.setListener({
      log: (entry) => log?.add(entry),
      fault: (entry) => faults?.add(entry),
      progress: (fraction) => operation.report(fraction),
    });
    const finish = () => {
      session.setListener(undefined);
      this.operations.end(operation);
      log?.endRun();
      faults?.endRun();
    };
    this.runs.start({
      requestId,
      move: (token) => move(token).finally(finish),
      stopped: stopped ?? ((stop) => void this.announce(stop)),
      failed: (error) => this.#announceFailure(error),
    });
  }

  /** Goes to a record, or into one, at the user's word. */
  goTo(requestId: number, record: number, event = 0): void {
    const { session } = this.program;
    // Without this VS Code goes on showing why it was stopped before.
    this.send('continued', { threadId: DRIVER_THREAD, allThreadsContinued: true });
    this.move(requestId, `Going to record ${record}`, (token) =>
      session.seek({ record, event }, token),
    );
  }

  /** Run without debugging: past all breakpoints to the end, then goodbye. */
  runThrough(requestId: number): void {
    const { session } = this.program;
    const run: Movement['move'] = async (token) => {
      await session.setBreakpoints([]);
      return await session.resume('forward', token);
    };
    const stopped = ({ moment }: Stop) => {
      const output = `Replayed ${moment.record} of ${session.summary.records} records.\n`;
      this.send('output', { category: 'console', output });
      this.send('exited', { exitCode: 0 });
      this.send('terminated', undefined);
    };
    this.move(requestId, 'Running', run, { stopped });
  }

  beginOperation(facts: OperationFacts) {
    return this.operations.begin(facts, this.client.progress ? this.send : undefined);
  }

  /** What was handed out about the present moment is no longer true. */
  leavePresent(): void {
    this.variables.clear();
    this.stop = undefined;
  }

  async announce(stop: Stop): Promise<void> {
    this.leavePresent();
    this.stop = stop;
    await this.threads.refresh(this.program.session, this.send);
    const threadId = this.threads.idOf(stop.thread, stop.guest);
    this.send(
      'stopped',
      stoppedBody(stop, (id) => this.breakpoints.kindOf(id), threadId),
    );
    this.refreshMemory();
  }

  /** State was changed by hand: what the client shows of it is out of date. */
  announceChange(): void {
    if (this.client.invalidated) this.send('invalidated', { areas: ['variables'] });
    this.refreshMemory();
  }

  /** Told once, when the user first meets such bytes. */
  explainUnknownByte(byte: number): void {
    if (this.#unknownByteExplained) return;
    this.#unknownByteExplained = true;
    const shown = `${hex(byte, 2)} ("${String.fromCharCode(byte)}")`;
    const output = `In the memory view, ${shown} also stands for bytes that the recording has not shown.\n`;
    this.send('output', { category: 'console', output });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.requests.cancelAllBut(undefined);
    await this.runs.halt();
    await this.#program?.session.close();
    this.#program = undefined;
  }

  refreshMemory(): void {
    if (!this.client.memoryEvents) return;
    for (const range of this.memoryViews.ranges()) this.send('memory', range);
  }

  #announceFailure(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const output = `The run was broken off inside the debug adapter: ${reason}\n`;
    this.send('output', { category: 'stderr', output });
    const body = { reason: 'pause', description: 'Paused by an internal error', text: reason };
    this.send('stopped', { ...body, threadId: DRIVER_THREAD, allThreadsStopped: true });
  }

  #placeOf(moment: Moment) {
    const { sources } = this.program;
    const place = sources.locate(moment.record);
    return {
      source: sources.toSource(place.document, this.client),
      line: this.client.lineOut(place.line),
    };
  }
}
