import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { hintsOf, loadTrace, TRACE_OPTIONS } from '../load-trace.ts';
import { infoText } from './info-text.ts';
import { infoOf } from './trace-info.ts';

export const infoCommand: Command = {
  name: 'info',
  summary: 'what a trace is: format, device, counts, time span, lines not understood',
  details:
    'Tells what a trace is. Ends with status 1 and a sentence where the file is not understood;\n' +
    'single lines that are not understood are listed, and do not change the status.',
  options: [{ name: 'json', help: 'print one JSON object' }, ...TRACE_OPTIONS],
  async run(path, args, terminal) {
    const trace = await loadTrace(path, terminal, hintsOf(args));
    const info = infoOf(trace);
    await terminal.out(args.has('json') ? `${JSON.stringify(info, null, 2)}\n` : infoText(info));
    return ExitStatus.ok;
  },
};
