import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BENCHES } from './benches/index.ts';
import type { Bench } from './figure.ts';
import { machine } from './machine.ts';
import { performanceDocument } from './performance-document.ts';
import { type Results, resultsTable } from './results.ts';

// `npm run bench`: measures and prints a table. `-- NAME …` measures only those benches; `-- --write` updates
// docs/performance.md from a run of all.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => BENCHES.every((bench) => bench.name !== name));
const names = BENCHES.map(({ name }) => name).join(', ');
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${names}.`);
  process.exitCode = 2;
} else if (values.write && positionals.length > 0) {
  console.error('--write needs all benches: name none.');
  process.exitCode = 2;
} else {
  const wanted = BENCHES.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  await measure(wanted, values.write);
}

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
