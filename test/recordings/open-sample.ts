import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { REGISTER_NAMES } from '../../timeline/index.ts';
import { type OpenedTrace, openTrace } from '../../trace/index.ts';
import { root } from '../support/source-files.ts';

/** A trace given as text, whose lines are all understood. */
export async function openText(name: string, text: string): Promise<OpenedTrace> {
  const trace = await openTrace([new TextEncoder().encode(text)], {
    name,
    registers: REGISTER_NAMES,
  });
  const [first] = trace.diagnostics;
  if (first !== undefined) throw new Error(`${name}, line ${first.line}: ${first.message}`);
  return trace;
}

/** Text of a file in `samples/`, unpacked. */
export function sampleText(file: string): string {
  const bytes = readFileSync(path.join(root, 'samples', file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

export function openSample(file: string): Promise<OpenedTrace> {
  return openText(file, sampleText(file));
}
