import { writeFile } from 'node:fs/promises';
import {
  createLocalSession,
  type GoldenFile,
  modelFor,
  type ScreenView,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure, UsageError } from '../failures.ts';
import { GOLDEN_OF_EACH, goldenFiles } from '../golden-file.ts';
import { hintsOf, loadTrace, TRACE_OPTIONS, warnOfDiagnostics } from '../load-trace.ts';
import type { Arguments } from '../options.ts';
import { cannotWrite, refuseOutput } from '../output-path.ts';
import { encodePng } from '../png.ts';
import { withBar } from '../progress-bar.ts';
import type { Terminal } from '../terminal.ts';
import { openAll, TOGETHER_OPTIONS } from './replay-together.ts';
import { hostScreenAt } from './screen-of-host.ts';
import { goTo, type Look, momentOf, pipeOf } from './screen-options.ts';

export const screenCommand: Command = {
  name: 'screen',
  summary: "what the guest's monitor shows at a moment, as a PNG picture",
  details:
    'Replays a trace up to a moment and composes what a pipe shows then: all of its planes and\n' +
    'the cursor. Pixels whose memory is not known are magenta squares, pixels at addresses that\n' +
    'map nothing orange ones; both are counted.\n\n' +
    'With --foreground the traces are guests of one host, as for vgpu replay, and the picture is\n' +
    "what is on the host's screen when the vGPU with this number has come to the foreground: its\n" +
    'number is written to foreground_vm at the moment, and the picture is that of the next vblank.\n' +
    'The moment counts the records of all traces, in the order of --interleave.',
  severalTraces: true,
  options: [
    { name: 'output', short: 'o', value: 'FILE', help: 'write the picture there' },
    {
      name: 'at',
      value: 'MOMENT',
      help: 'end (default), the number of a record, before which it stops, or RECORD+EVENT',
    },
    { name: 'pipe', value: 'PIPE', help: 'A, B or C; the first that is on if absent' },
    {
      name: 'foreground',
      value: 'N',
      help: "the host's screen, with vGPU N (1 for the first trace) in the foreground; 0: the host",
    },
    ...TOGETHER_OPTIONS,
    { name: 'json', help: 'print one JSON object on the planes' },
    GOLDEN_OF_EACH,
    ...TRACE_OPTIONS,
  ],
  async run(path, args, terminal) {
    const output = args.text('output');
    if (output === undefined && !args.has('json')) {
      throw new UsageError('-o FILE says where the picture goes.');
    }
    if (output !== undefined)
      await refuseOutput(output, [...args.positionals, ...args.texts(GOLDEN_OF_EACH.name)]);
    const look = { pipe: pipeOf(args), moment: momentOf(args) };
    const screen = await screenOf(path, args, look, terminal);
    if (screen === undefined || screen.width === 0) {
      throw new Failure(`there is no picture: ${screen?.remarks.join('; ') ?? 'no display'}.`);
    }
    if (output !== undefined) await write(output, screen);
    await terminal.out(args.has('json') ? jsonText(screen) : textOf(screen));
    return ExitStatus.ok;
  },
};

/** @throws Failure, UsageError */
async function screenOf(path: string, args: Arguments, look: Look, terminal: Terminal) {
  const foreground = args.text('foreground');
  if (foreground !== undefined) {
    const traces = await openAll(args.positionals, hintsOf(args), terminal);
    const golden = await goldenFiles(args, terminal);
    return withBar(terminal, (bar) => {
      const progress = (fraction: number) => bar.show(fraction, args.positionals.join(', '));
      return hostScreenAt(traces, golden, args, foreground, { ...look, progress });
    });
  }
  const option = TOGETHER_OPTIONS.find(({ name }) => args.text(name) !== undefined);
  if (args.positionals.length > 1 || option !== undefined) {
    throw new UsageError(
      "several traces share their host's screen: --foreground N says whose picture is on it.",
    );
  }
  const trace = await loadTrace(path, terminal, hintsOf(args));
  warnOfDiagnostics(trace, terminal);
  const [golden] = await goldenFiles(args, terminal);
  return withBar(terminal, (bar) =>
    screenAt(trace, golden, { ...look, progress: (fraction) => bar.show(fraction, path) }),
  );
}

/** Of a trace at a moment, or of a dump, which has only one. */
async function screenAt(
  trace: OpenedTrace,
  golden: GoldenFile | undefined,
  look: Look,
): Promise<ScreenView | undefined> {
  const model = modelFor(trace, golden === undefined ? {} : { golden });
  if ('problem' in model) throw new Failure(model.problem);
  if (model.kind === 'recorded') {
    throw new Failure(
      `${trace.name} is of a device that is not emulated: where it has its picture is not known. vgpu replay tells what its registers hold at the end.`,
    );
  }
  const session = createLocalSession({ trace, ...model });
  await goTo(session, look);
  return session.inspect({ kind: 'screen', ...look.pipe });
}

async function write(path: string, { width, height, pixels }: ScreenView): Promise<void> {
  try {
    await writeFile(path, encodePng(width, height, pixels));
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function textOf({ pipe, width, height, planes, remarks }: ScreenView): string {
  const lines = [
    `pipe ${pipe}: ${width} × ${height}`,
    ...planes.map((plane) => {
      const turn = plane.rotation === 0 ? '' : `, turned by ${plane.rotation}°`;
      const place = `${plane.width} × ${plane.height} at ${plane.x}, ${plane.y}`;
      const surface = `${plane.format}, ${plane.tiling}, ggtt 0x${plane.address.toString(16)}`;
      return `  ${plane.name}: ${place}; ${surface}${turn}`;
    }),
    ...remarks,
  ];
  return `${lines.join('\n')}\n`;
}

function jsonText({ pixels: _pixels, ...screen }: ScreenView): string {
  return `${JSON.stringify(screen, null, 2)}\n`;
}
