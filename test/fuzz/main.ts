/** `npm run fuzz -- [--slices N] [--whole N] [--seed N] [--deep] [NAME …]`: opens mutated pieces of genuine files, and uses them. */
import { parseArgs } from 'node:util';
import { fuzzFiles } from './fuzz-files.ts';
import { type FuzzResult, fuzzFile } from './fuzz-readers.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    slices: { type: 'string', default: '100000' },
    whole: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    deep: { type: 'boolean', default: false },
  },
});
const plan = {
  slices: Number(values.slices),
  whole: Number(values.whole),
  seed: Number(values.seed),
  most: 65_536,
  deep: values.deep,
};
const wanted = fuzzFiles().filter(
  ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
for (const file of wanted) console.log(lineOf(await fuzzFile(file, plan)));

function lineOf(result: FuzzResult): string {
  const { name, cases, bytes, records, diagnostics, milliseconds, slowest, peak } = result;
  const rate = bytes / 2 ** 20 / (milliseconds / 1000);
  return (
    `${name}: ${cases} cases, ${(bytes / 2 ** 20).toFixed(0)} MiB, ${records} records, ` +
    `${diagnostics} diagnostics, ${rate.toFixed(0)} MiB/s, slowest ${slowest.toFixed(0)} ms per MiB, ` +
    `${(peak / 2 ** 20).toFixed(0)} MiB of memory`
  );
}
