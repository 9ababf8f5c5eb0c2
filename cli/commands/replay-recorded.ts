import {
  counted,
  grouped,
  hex,
  type RecordedPlace,
  type RecordedSummary,
  recordedSummary,
  type TraceModel,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { ExitStatus } from '../exit-status.ts';
import type { Arguments } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Places shown to people; `--json` has them all. */
const SHOWN = 20;

/**
 * A trace of a device that is not emulated: there is no model to compare with, and a recorded device stands in. Told
 * is what the recording shows of it.
 */
export async function replayRecorded(
  trace: OpenedTrace,
  model: TraceModel,
  args: Arguments,
  terminal: Terminal,
): Promise<ExitStatus> {
  const summary = recordedSummary(trace.store, model.device);
  const text = args.has('json') ? jsonText(trace, model, summary) : textOf(trace, model, summary);
  await terminal.out(text);
  return ExitStatus.ok;
}

function jsonText(trace: OpenedTrace, { directory }: TraceModel, summary: RecordedSummary): string {
  const { records, reads, writes, unknown, places, placeCount, hash } = summary;
  const report = {
    format: trace.format?.id,
    model: 'recorded',
    device: idOf(trace),
    records,
    reads: { recorded: reads, unknown },
    writes,
    registers: places.map((place) => ({
      space: place.space,
      offset: hex(place.offset),
      ...(nameOf(place, directory) === undefined ? {} : { register: nameOf(place, directory) }),
      size: place.size,
      reads: place.reads,
      writes: place.writes,
      last: lastOf(place),
    })),
    registerCount: placeCount,
    hash,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function textOf(trace: OpenedTrace, { directory }: TraceModel, summary: RecordedSummary): string {
  const { records, reads, writes, unknown, places, placeCount, hash } = summary;
  const busiest = [...places].sort((a, b) => countOf(b) - countOf(a)).slice(0, SHOWN);
  const hidden = placeCount - busiest.length;
  const lines = [
    `${trace.name}: ${counted(records, 'record')} of device ${idOf(trace)}, which is not emulated: nothing was compared`,
    `reads           ${grouped(reads)}${unknown === 0 ? '' : `, ${grouped(unknown)} without an answer`}`,
    `writes          ${grouped(writes)}`,
    `registers       ${grouped(placeCount)}, the most used, with what they hold at the end:`,
    ...busiest.map((place) => {
      const name = nameOf(place, directory) ?? `${place.space} ${hex(place.offset)}`;
      const counts = `${grouped(place.reads)} read, ${grouped(place.writes)} written`;
      return `  ${name}: ${lastOf(place)} (${counts})`;
    }),
    ...(hidden > 0 ? [`  and ${grouped(hidden)} more (--json)`] : []),
    `hash            ${hash}`,
  ];
  return `${lines.join('\n')}\n`;
}

function countOf({ reads, writes }: RecordedPlace): number {
  return reads + writes;
}

/** Of registers that somebody has described. */
function nameOf({ space, offset }: RecordedPlace, directory: TraceModel['directory']) {
  const info = space === 'mmio' ? directory.at(offset) : undefined;
  if (info === undefined) return undefined;
  return info.offset === offset ? info.name : `${info.name}+${offset - info.offset}`;
}

function lastOf({ last, size }: RecordedPlace): string {
  if (!last.known) return 'unknown';
  return size > 4 ? `${hex(last.high, 8)}${hex(last.low, 8).slice(2)}` : hex(last.low, size * 2);
}

function idOf({ device: { vendorId, deviceId } }: OpenedTrace): string {
  const part = (id: number | undefined) => id?.toString(16).padStart(4, '0') ?? '????';
  return `${part(vendorId)}:${part(deviceId)}`;
}
