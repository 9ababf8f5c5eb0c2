import assert from 'node:assert/strict';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { AdapterClient } from './adapter-client.ts';
import { currentLine, resume, resumeBack } from './first-steps.ts';

/** Lines of all stops on the way to the end, then of those on the way back. */
export async function bothWays(
  client: AdapterClient,
): Promise<{ there: number[]; back: number[] }> {
  return { there: await stops(client, resume), back: await stops(client, resumeBack) };
}

export async function stops(
  client: AdapterClient,
  go: (client: AdapterClient) => Promise<Dap.StoppedEvent['body']>,
): Promise<number[]> {
  const lines: number[] = [];
  for (let stop = await go(client); stop.reason !== 'pause'; stop = await go(client)) {
    lines.push(await currentLine(client));
  }
  return lines;
}

/** Holds the stops against the lines, forwards, and the same in reverse order. */
export async function assertStops(client: AdapterClient, lines: readonly number[]): Promise<void> {
  const { there, back } = await bothWays(client);
  assert.deepEqual(there, lines);
  assert.deepEqual(back, lines.toReversed());
}

/** Console lines that came while `work` was done. */
export async function logged(
  client: AdapterClient,
  work: () => Promise<unknown>,
): Promise<readonly Dap.OutputEvent['body'][]> {
  const before = client.eventsOf('output').length;
  await work();
  return client
    .eventsOf('output')
    .slice(before)
    .map(({ body }) => body);
}

/** Back to the start with the breakpoints that are set. */
export async function toStartKeeping(client: AdapterClient): Promise<void> {
  await client.stopAfter(() => client.restartRequest({}));
}
