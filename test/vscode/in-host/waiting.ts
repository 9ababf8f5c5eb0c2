import type * as vscode from 'vscode';

/** The next event of a kind that satisfies the condition. Ask before setting it off. */
export function next<T>(
  event: vscode.Event<T>,
  wanted: (value: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event((value) => {
      if (!wanted(value)) return;
      subscription.dispose();
      resolve(value);
    });
  });
}

/** Asks again and again until there is an answer. */
export async function eventually<T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
