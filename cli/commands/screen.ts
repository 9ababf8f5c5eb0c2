import { writeFile } from 'node:fs/promises';
import { createVgpu, registerDirectory, VgpuViews } from '../../emulator/index.ts';
import {
  createLocalSession,
  deviceConfigFor,
  type Moment,
  type ScreenView,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure, UsageError } from '../failures.ts';
import {
  hintsOf,
  loadTrace,
  requireRecords,
  TRACE_OPTIONS,
  warnOfDiagnostics,
} from '../load-trace.ts';
import type { Arguments } from '../options.ts';
import { encodePng } from '../png.ts';

const PIPES = ['A', 'B', 'C'];

export const screenCommand: Command = {
  name: 'screen',
  summary: "what the guest's monitor shows at a moment, as a PNG picture",
  details:
    'Replays a trace up to a moment and composes what a pipe shows then: all of its planes and\n' +
    'the cursor. Pixels whose memory is not known are magenta squares, pixels at addresses that\n' +
    'map nothing orange ones; both are counted.',
  options: [
    { name: 'output', short: 'o', value: 'FILE', help: 'write the picture there' },
    {
      name: 'at',
      value: 'MOMENT',
      help: 'end (default), the number of a record, before which it stops, or RECORD+EVENT',
    },
    { name: 'pipe', value: 'PIPE', help: 'A, B or C; the first that is on if absent' },
    { name: 'json', help: 'print one JSON object on the planes' },
    ...TRACE_OPTIONS,
  ],
  async run(path, args, terminal) {
    const output = args.text('output');
    if (output === undefined && !args.has('json')) {
      throw new UsageError('-o FILE says where the picture goes.');
    }
    const pipe = pipeOf(args);
    const moment = momentOf(args);
    const trace = await loadTrace(path, terminal, hintsOf(args));
    requireRecords(trace);
    warnOfDiagnostics(trace, terminal);
    const screen = await screenAt(trace, moment, pipe);
    if (output !== undefined) await write(output, screen);
    await terminal.out(args.has('json') ? jsonText(screen) : textOf(screen));
    return ExitStatus.ok;
  },
};

function pipeOf(args: Arguments): number | undefined {
  const name = args.text('pipe');
  if (name === undefined) return undefined;
  const index = PIPES.indexOf(name.toUpperCase());
  if (index >= 0) return index;
  throw new UsageError(`--pipe takes A, B or C, not "${name}".`);
}

function momentOf(args: Arguments): Moment | undefined {
  const text = args.text('at') ?? 'end';
  if (text === 'end') return undefined;
  const [, record, event = '0'] = /^(\d+)(?:\+(\d+))?$/.exec(text) ?? [];
  if (record !== undefined) return { record: Number(record), event: Number(event) };
  throw new UsageError(`--at takes end, RECORD or RECORD+EVENT, not "${text}".`);
}

async function screenAt(
  trace: OpenedTrace,
  wanted: Moment | undefined,
  pipe: number | undefined,
): Promise<ScreenView> {
  const config = deviceConfigFor(trace.device);
  if ('problem' in config) throw new Failure(config.problem);
  const last = trace.store.length;
  const moment = wanted ?? { record: last, event: 0 };
  if (moment.record > last) {
    throw new UsageError(`there is no record ${moment.record}: the last is ${last - 1}.`);
  }
  const device = createVgpu(config);
  const directory = registerDirectory(config.platform, config.deviceId);
  const views = new VgpuViews(device);
  const session = createLocalSession({ trace, device, directory, views });
  const { moment: reached } = await session.seek(moment, { cancelled: false });
  if (reached.record !== moment.record || reached.event !== moment.event) {
    throw new Failure(`record ${moment.record} has no event ${moment.event}.`);
  }
  const screen = await session.inspect({ kind: 'screen', ...(pipe === undefined ? {} : { pipe }) });
  if (screen === undefined || screen.width === 0) {
    throw new Failure(`there is no picture: ${screen?.remarks.join('; ') ?? 'no display'}.`);
  }
  return screen;
}

async function write(path: string, { width, height, pixels }: ScreenView): Promise<void> {
  try {
    await writeFile(path, encodePng(width, height, pixels));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(`${path} cannot be written: ${why}.`);
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
