import { AubCommands } from '../../timeline/index.ts';
import { AubWalker, type TraceDiagnostic } from '../../trace/index.ts';
import { Failure } from '../failures.ts';
import type { DecodePrinter } from './decode-printer.ts';

/**
 * The commands of an AUB file, each time that a context is submitted.
 * @throws Failure for a device of which no commands are known
 */
export async function decodeAub(
  bytes: AsyncIterable<Uint8Array>,
  printer: DecodePrinter,
): Promise<readonly TraceDiagnostic[]> {
  const commands = new AubCommands(printer);
  const walker = new AubWalker(commands);
  for await (const piece of bytes) {
    walker.push(piece);
    const { problem } = commands;
    if (problem !== undefined) throw new Failure(`its commands are not decoded: ${problem}.`);
    if (!(await printer.flush())) return [];
  }
  walker.end();
  return walker.diagnostics;
}
