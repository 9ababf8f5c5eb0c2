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
  let read = 0;
  try {
    for await (const piece of bytes) {
      read += piece.length;
      walker.push(piece);
      const { problem } = commands;
      if (problem !== undefined) throw new Failure(`its commands are not decoded: ${problem}.`);
      if (!(await printer.flush())) return [];
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    return [brokenOff(error, read), ...walker.diagnostics];
  }
  walker.end();
  return walker.diagnostics;
}

/** The source failed: what was read until then has been decoded. */
function brokenOff(error: unknown, read: number): TraceDiagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `it is damaged or cut off after ${read} bytes: ${reason}. What could be read is decoded.`;
  return { severity: 'error', line: 0, message };
}
