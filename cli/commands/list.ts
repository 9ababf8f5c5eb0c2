import {
  createListing,
  HEADER_LINES,
  type Listing,
  registersFor,
  WINDOW_ROWS,
} from '../../timeline/index.ts';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { UsageError } from '../failures.ts';
import {
  hintsOf,
  loadTrace,
  requireRecords,
  TRACE_OPTIONS,
  warnOfDiagnostics,
} from '../load-trace.ts';
import { type ProgressBar, withBar } from '../progress-bar.ts';
import { describedRegisters, REGISTERS_OPTION } from '../register-file.ts';

export const listCommand: Command = {
  name: 'list',
  summary: 'the decoded trace: register names, changed fields, runs folded',
  details:
    'Prints the decoded trace, one row per access; runs of like accesses are one row (▸).\n' +
    'Records are numbered from 0.',
  options: [
    { name: 'from', value: 'RECORD', help: 'begin with the row of this record' },
    { name: 'count', value: 'ROWS', help: 'print this many rows and stop' },
    ...TRACE_OPTIONS,
    REGISTERS_OPTION,
  ],
  async run(path, args, terminal) {
    const from = args.count('from', 0) ?? 0;
    const count = args.count('count', 1) ?? Number.POSITIVE_INFINITY;
    const registers = await describedRegisters(args, terminal);
    const trace = await loadTrace(path, terminal, hintsOf(args));
    requireRecords(trace);
    warnOfDiagnostics(trace, terminal);
    if (trace.store.length === 0) return ExitStatus.ok;
    if (from >= trace.store.length) {
      throw new UsageError(`there is no record ${from}: the last is ${trace.store.length - 1}.`);
    }
    const listing = createListing(trace.store, registersFor(trace, { registers }));
    const first = listing.rowOfRecord(from);
    const end = Math.min(first + count, listing.rows);
    await withBar(terminal, (bar) => print(listing, first, end, bar));
    return ExitStatus.ok;
  },
};

/** Prints rows `first` to before `end`, page by page, until nobody reads any more. */
async function print(listing: Listing, first: number, end: number, bar: ProgressBar) {
  const { terminal } = bar;
  for (let row = first; row < end; ) {
    const page = Math.floor(row / WINDOW_ROWS);
    const pageStart = page * WINDOW_ROWS;
    const stop = Math.min(end, pageStart + WINDOW_ROWS);
    const lines = listing.windowText(page).split('\n');
    const wanted = lines.slice(HEADER_LINES + row - pageStart, HEADER_LINES + stop - pageStart);
    if (row === first) wanted.unshift(lines[HEADER_LINES - 1] ?? '');
    if (!(await terminal.out(`${wanted.join('\n')}\n`))) return;
    row = stop;
    bar.show((row - first) / (end - first), 'listing');
  }
}
