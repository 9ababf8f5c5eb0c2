import { writeFile } from 'node:fs/promises';
import { BENCHES } from './benches/index.ts';
import { benchRequest } from './command-line.ts';
import type { Bench } from './figure.ts';
import { machine } from './machine.ts';
import { performanceDocument } from './performance-document.ts';
import { type Results, resultsTable } from './results.ts';

// `npm run bench`: measures and prints a table; `-- --help` tells more.
const request = benchRequest(process.argv.slice(2), BENCHES);
if ('text' in request) {
  const { text, status } = request;
  (status === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = status;
} else if (!request.check) await measure(request.benches, request.write);

async function measure(benches: readonly Bench[], write: boolean): Promise<void> {
  const results: Results[] = [];
  for (const bench of benches) {
    console.error(`measuring ${bench.name} …`);
    results.push(await resultsOf(bench));
  }
  console.log(`${machine()}\n\n${resultsTable(results)}`);
  if (write) {
    await writeFile(
      new URL('../docs/performance.md', import.meta.url),
      performanceDocument(results),
    );
  }
  if (results.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

async function resultsOf(bench: Bench): Promise<Results> {
  try {
    return { bench: bench.name, figures: await bench.run() };
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { bench: bench.name, figures: [], failure };
  }
}
