import { sniffTrace } from '../../trace/index.ts';
import { inflate } from '../../unpacking/index.ts';
import type { Command } from '../command.ts';
import { decodeAub } from '../decode/decode-aub.ts';
import { decodeOpened } from '../decode/decode-opened.ts';
import { JsonPrinter, TextPrinter } from '../decode/decode-printer.ts';
import { ExitStatus } from '../exit-status.ts';
import { UsageError } from '../failures.ts';
import { GOLDEN_OPTION, goldenFile } from '../golden-file.ts';
import {
  bytesOf,
  hintsOf,
  nameOf,
  openedTrace,
  TRACE_OPTIONS,
  warnOfDiagnostics,
  warnOfProblems,
} from '../load-trace.ts';
import type { Arguments } from '../options.ts';
import { type ProgressBar, withBar } from '../progress-bar.ts';

export const decodeCommand: Command = {
  name: 'decode',
  summary: 'the GPU commands in a trace, with every field and what they point to',
  details:
    'Decodes commands of Gen8 and Gen9 with all their fields: those that an AUB file submits, those in the\n' +
    'buffers of a GPU error state, and those that engines execute while a recording is replayed (or, without memory,\n' +
    'those that a log shows). State that they point to (surfaces, samplers, viewports, vertex buffers, programs …)\n' +
    'follows each command, as far as its memory is known.',
  options: [{ name: 'json', help: 'one JSON object a line' }, GOLDEN_OPTION, ...TRACE_OPTIONS],
  async run(path, args, terminal) {
    await withBar(terminal, (bar) => decode(path, args, bar));
    return ExitStatus.ok;
  },
};

async function decode(path: string, args: Arguments, bar: ProgressBar): Promise<void> {
  // Commands are printed while the bar is there.
  const { terminal } = bar;
  const printer = args.has('json') ? new JsonPrinter(terminal) : new TextPrinter(terminal);
  const { format, bytes } = await sniffTrace(await bytesOf(path, terminal, bar), { inflate });
  if (format?.id === 'aub') {
    refuseGolden(args, `${nameOf(path)} is an AUB file, of which no registers are replayed`);
    warnOfProblems(nameOf(path), await decodeAub(bytes, printer), terminal);
  } else {
    const trace = await openedTrace(bytes, path, hintsOf(args));
    warnOfDiagnostics(trace, terminal);
    if (trace.store.length === 0) refuseGolden(args, `${trace.name} has no accesses to replay`);
    await decodeOpened(trace, printer, {
      golden: await goldenFile(args, terminal),
      progress: (fraction) => bar.show(fraction, path),
    });
  }
  await printer.flush();
}

/** @throws UsageError where no vGPU replays anything */
function refuseGolden(args: Arguments, why: string): void {
  if (args.text(GOLDEN_OPTION.name) === undefined) return;
  throw new UsageError(`--golden is what a vGPU starts from that replays a trace: ${why}.`);
}
