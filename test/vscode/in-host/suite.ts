import { writeFileSync } from 'node:fs';
import { tests } from './tests.ts';

interface Result {
  readonly name: string;
  readonly error?: string;
}

/** Milliseconds for one test. */
const patience = 60_000;

/** What VS Code calls in its extension host. Results also go to the file that $VGPU_TEST_RESULTS names. */
export async function run(): Promise<void> {
  const results: Result[] = [];
  for (const [name, test] of Object.entries(tests)) results.push(await outcome(name, test));
  const file = process.env['VGPU_TEST_RESULTS'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results));
  const failed = results.filter(({ error }) => error !== undefined);
  if (failed.length === 0) return;
  throw new Error(failed.map(({ name, error }) => `${name}: ${error}`).join('\n'));
}

async function outcome(name: string, test: () => Promise<void>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${patience} ms`)), patience);
  });
  try {
    await Promise.race([test(), late]);
    return { name };
  } catch (error) {
    return { name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
