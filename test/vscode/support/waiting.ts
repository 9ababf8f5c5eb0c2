import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

/** Milliseconds until something in VS Code is given up: a busy machine may take long over one step. */
export const PATIENCE = 60_000;

/** Whether what is waited for came about before the wait's own timeout. */
export function withinTime(waiting: Promise<unknown>): Promise<boolean> {
  return waiting.then(
    () => true,
    () => false,
  );
}

/**
 * Does something, as often as it comes to nothing, until it has had its effect. `act` answers undefined where it has
 * had none, or throws; it gets the milliseconds that it may wait for each of its steps, which grow from `first` with each
 * try, so that neither a click that was lost costs much nor a slow machine starves. Throws what `failure` says, and why the
 * last try failed, when PATIENCE has passed.
 */
export async function retry<T>(
  act: (timeout: number) => Promise<T | undefined>,
  failure: () => string | Promise<string>,
  first = 1000,
): Promise<T> {
  const end = performance.now() + PATIENCE;
  let reason: unknown;
  for (let timeout = first; performance.now() < end; timeout *= 1.5) {
    try {
      const answer = await act(Math.min(timeout, PATIENCE));
      if (answer !== undefined) return answer;
    } catch (error) {
      reason = error;
    }
    await delay(50);
  }
  throw new Error(await failure(), { cause: reason });
}

/** Repeats what a user does until something is seen; it is not done where that is seen already. */
export async function actUntil(
  act: (timeout: number) => Promise<unknown>,
  seen: Locator,
  first = 5000,
): Promise<void> {
  await retry(
    async (timeout) => {
      if (await seen.isVisible()) return true;
      await act(timeout);
      return (await withinTime(seen.waitFor({ timeout }))) || undefined;
    },
    () => `Not seen: ${seen}`,
    first,
  );
}
