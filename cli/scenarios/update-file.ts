import { readFile, writeFile } from 'node:fs/promises';
import type { ExpectationResult } from '../../timeline/index.ts';
import { replaceValue } from '../../trace/index.ts';
import type { Terminal } from '../terminal.ts';
import type { FileRun } from './run-file.ts';

const GZIP = [0x1f, 0x8b];

/**
 * Puts the actual values into a file where others were expected, and says what could not be updated: that
 * something happens or does not, which is right or wrong, and values that are not known. Returns whether the file was changed.
 */
export async function updateFile({ file, result }: FileRun, terminal: Terminal): Promise<boolean> {
  const bytes = await readFile(file);
  if (GZIP.every((byte, at) => bytes[at] === byte)) {
    terminal.err(`vgpu test: ${file} is packed and is not updated.\n`);
    return false;
  }
  const lines = bytes.toString('utf8').split('\n');
  let changed = 0;
  for (const failure of result?.expectations ?? []) {
    if (failure.passed) continue;
    const before = lines[failure.line - 1] ?? '';
    const after = updated(before, failure);
    if (after === undefined) {
      terminal.err(`vgpu test: ${file}:${failure.line} is not updated: ${failure.actual}\n`);
      continue;
    }
    lines[failure.line - 1] = after;
    changed++;
  }
  if (changed > 0) await writeFile(file, lines.join('\n'));
  return changed > 0;
}

/** Undefined where there is no value to put there: bytes that are not known would no longer be looked at. */
function updated(line: string, { kind, actual, detail }: ExpectationResult): string | undefined {
  if (kind === 'memory' && detail !== undefined) return undefined;
  const text = line.replace(/\r$/, '');
  const end = line.slice(text.length);
  if (kind === 'fault' || kind === 'interrupt' || kind === 'command') {
    return withCount(line, actual);
  }
  const value = actualValue(kind, actual);
  if (value === undefined) return undefined;
  // The compact form has hexadecimal numbers without 0x.
  const isCompact = /^[ \t]*[ACI]?R[ \t]/.test(text);
  const replaced = replaceValue(text, isCompact ? value.replace(/^0x/, '') : value);
  return replaced === undefined ? undefined : replaced + end;
}

function actualValue(kind: ExpectationResult['kind'], actual: string): string | undefined {
  if (kind === 'memory') {
    return /^memory \S+ (.*)$/.exec(actual)?.[1];
  }
  return kind === 'read' || kind === 'expression'
    ? /=[ \t](0x[0-9a-f]+|[0-9]+)(?: \(.*\))?$/i.exec(actual)?.[1]
    : undefined;
}

/** How often something happened, where the line has a number for that; `no` for not at all. */
function withCount(line: string, actual: string): string | undefined {
  const [, count] = /^(\d+|no) (?:fault|interrupt|command)s?\b(?! is called)/.exec(actual) ?? [];
  const [, before, after] = /^(\s*expect\s+)\d+(\s.*)$/s.exec(line) ?? [];
  return count === undefined || before === undefined ? undefined : before + count + after;
}
