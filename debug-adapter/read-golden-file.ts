import { resolve } from 'node:path';
import { type GoldenFile, goldenFrom, readingNames } from '../timeline/index.ts';
import { AdapterError } from './errors.ts';
import type { OpeningProgress } from './program.ts';
import { readTraceFile } from './read-trace-file.ts';

/** A golden state, and what is wrong with single lines of it. */
export interface ReadGolden {
  readonly golden: GoldenFile;
  readonly problems: readonly string[];
}

/** Reads the registers of a host. Rejects with an AdapterError that says what is wrong with the file. */
export async function readGoldenFile(
  path: string,
  token: OpeningProgress['token'],
): Promise<ReadGolden> {
  const progress = { token, report: () => undefined };
  const dump = await readTraceFile(resolve(path), readingNames(), progress, {}, 'golden');
  const golden = goldenFrom(dump);
  if ('problem' in golden) throw new AdapterError('goldenUnusable', `"golden": ${golden.problem}`);
  const problems = dump.diagnostics.map(
    ({ line, message }) => `${golden.name}: ${line > 0 ? `line ${line}: ` : ''}${message}`,
  );
  return { golden, problems };
}
