import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { type AdapterClient, sample } from './adapter-client.ts';

/** A hand-written scenario that is small enough to be debugged in its own text. */
export const FIRST_STEPS = sample('first-steps.vgpu');

const LINES = readFileSync(FIRST_STEPS, 'utf8').split('\n');

/** 1-based number of the only line that begins so. */
export function lineBeginning(text: string): number {
  const found = LINES.flatMap((line, index) => (line.startsWith(text) ? [index + 1] : []));
  const [line] = found;
  if (line === undefined || found.length > 1) {
    throw new Error(`${found.length} lines of the scenario begin with '${text}'`);
  }
  return line;
}

export async function topFrame(client: AdapterClient): Promise<Dap.StackFrame> {
  const [frame] = await frames(client);
  if (frame === undefined) throw new Error('the stack is empty');
  return frame;
}

export async function frames(client: AdapterClient): Promise<readonly Dap.StackFrame[]> {
  return (await client.stackTraceRequest({ threadId: 1 })).body.stackFrames;
}

export async function currentLine(client: AdapterClient): Promise<number> {
  return (await topFrame(client)).line;
}

export const resume = (client: AdapterClient) =>
  client.stopAfter(() => client.continueRequest({ threadId: 1 }));

export const resumeBack = (client: AdapterClient) =>
  client.stopAfter(() => client.reverseContinueRequest({ threadId: 1 }));

/** Goes to the start of the recording, so that tests which share a session do not depend on each other. */
export async function toStart(client: AdapterClient): Promise<void> {
  await client.setBreakpointsRequest({ source: { path: FIRST_STEPS }, breakpoints: [] });
  await client.setFunctionBreakpointsRequest({ breakpoints: [] });
  await client.setDataBreakpointsRequest({ breakpoints: [] });
  await client.stopAfter(() => client.restartRequest({}));
}

/** Children of a scope or variable, by name. */
export async function children(
  client: AdapterClient,
  variablesReference: number,
): Promise<Map<string, Dap.Variable>> {
  const { body } = await client.variablesRequest({ variablesReference });
  return new Map(body.variables.map((variable) => [variable.name, variable]));
}

export async function scope(client: AdapterClient, name: string): Promise<Dap.Scope> {
  const { body } = await client.scopesRequest({ frameId: (await topFrame(client)).id });
  const found = body.scopes.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no scope ${name}`);
  return found;
}

/** Opens variables one inside of the other, beginning with a scope. */
export async function open(
  client: AdapterClient,
  scopeName: string,
  ...path: readonly string[]
): Promise<{ reference: number; inside: Map<string, Dap.Variable> }> {
  let reference = (await scope(client, scopeName)).variablesReference;
  let inside = await children(client, reference);
  for (const name of path) {
    const variable = inside.get(name);
    if (variable === undefined) {
      throw new Error(`${scopeName} has no ${name} but ${[...inside.keys()].join(', ')}`);
    }
    reference = variable.variablesReference;
    inside = await children(client, reference);
  }
  return { reference, inside };
}

/** Goes to the access on a line, or the next one below it. */
export async function goTo(client: AdapterClient, line: number): Promise<void> {
  await toStart(client);
  const { body } = await client.gotoTargetsRequest({ source: { path: FIRST_STEPS }, line });
  const [target] = body.targets;
  assert.ok(target);
  const args = { threadId: 1, targetId: target.id };
  const stop = await client.stopAfter(() => client.gotoRequest(args));
  assert.equal(stop.reason, 'goto');
}

export async function evaluate(
  client: AdapterClient,
  expression: string,
  context: string,
  hex?: boolean,
): Promise<string> {
  const format = hex === undefined ? {} : { format: { hex } };
  return (await client.evaluateRequest({ expression, context, ...format })).body.result;
}
