import assert from 'node:assert/strict';
import path from 'node:path';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { type AdapterClient, sample } from './adapter-client.ts';
import { resume } from './first-steps.ts';

/** The genuine i915 driver: one request on each engine, more in batches, then unloaded. */
export const PROBE = sample('skl-probe-gem-unload.vgpu.gz');
/** Hand-written: a batch in the ring of the registers, which starts one of the second level. */
export const NESTED = path.join(import.meta.dirname, '../fixtures/nested-batches.vgpu');
/** Hand-written: RCS0 waits for a semaphore that BCS0 signals. */
export const TWO_ENGINES = path.join(import.meta.dirname, '../fixtures/two-engines.vgpu');

export type StepRequest = 'next' | 'stepBack' | 'stepIn' | 'stepOut';
type Stopped = Dap.StoppedEvent['body'];

/** One step of the thread that the last stop named. */
export class Walker {
  readonly #client: AdapterClient;
  threadId = 1;

  constructor(client: AdapterClient) {
    this.#client = client;
  }

  async step(request: StepRequest, threadId = this.threadId): Promise<Stopped> {
    return await this.#arrive(() => this.#client.send(request, { threadId }));
  }

  /** Several of one kind; names of the top frames that were stopped at. */
  async steps(request: StepRequest, count: number): Promise<string[]> {
    const names: string[] = [];
    for (let step = 0; step < count; step++) {
      await this.step(request);
      names.push(await this.top());
    }
    return names;
  }

  /** Starts anew, and runs to the first stop of a function breakpoint. */
  async runTo(breakpoint: Dap.FunctionBreakpoint): Promise<Stopped> {
    await this.#client.stopAfter(() => this.#client.restartRequest({}));
    await this.#client.setFunctionBreakpointsRequest({ breakpoints: [breakpoint] });
    const stop = await resume(this.#client);
    await this.#client.setFunctionBreakpointsRequest({ breakpoints: [] });
    assert.equal(stop.reason, 'function breakpoint');
    this.threadId = stop.threadId ?? 1;
    return stop;
  }

  /** To a moment, by what is typed into the Debug Console: `231+4`. */
  async goTo(moment: string): Promise<Stopped> {
    const args = { expression: `goto ${moment}`, context: 'repl' };
    return await this.#arrive(() => this.#client.evaluateRequest(args));
  }

  async frames(threadId = this.threadId): Promise<readonly Dap.StackFrame[]> {
    return (await this.#client.stackTraceRequest({ threadId })).body.stackFrames;
  }

  async top(): Promise<string> {
    return (await this.frames())[0]?.name ?? '';
  }

  async hash(): Promise<string> {
    const args = { expression: 'hash', context: 'repl' };
    return (await this.#client.evaluateRequest(args)).body.result;
  }

  async where(): Promise<string> {
    const args = { expression: 'where', context: 'repl' };
    return (await this.#client.evaluateRequest(args)).body.result;
  }

  async #arrive(action: () => Promise<unknown>): Promise<Stopped> {
    const stop = await this.#client.stopAfter(action);
    this.threadId = stop.threadId ?? 1;
    return stop;
  }
}
