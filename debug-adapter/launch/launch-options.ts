import type { HypervisorKind, Interleave, Reading } from '../../timeline/index.ts';
import { didYouMean } from '../../timeline/index.ts';
import type { ReaderHints } from '../../trace/index.ts';
import { AdapterError } from '../errors.ts';
import { bad, FLAG } from './attribute-kinds.ts';
import { rowWith } from './attribute-row.ts';
import { type ComparePolicy, type DevicePolicy, LAUNCH, type Schedule } from './launch-table.ts';
import type { TraceEntry } from './traces-attribute.ts';
import { unknownNames } from './unknown-attributes.ts';

/**
 * A recording, and the registers of the host that it was on, from which the vGPU starts (undefined: from those of the
 * tables). Paths are absolute, or relative to the working directory.
 */
export type LaunchTrace = TraceEntry;

/** DAP's own attribute, which every adapter has. */
const NO_DEBUG = rowWith('noDebug', FLAG, false, { meaning: 'Run through without breakpoints.' });

/** The attributes of a launch configuration, checked. */
export interface LaunchOptions {
  /** Recordings. Of several each is a guest of one host, on a vGPU of its own. */
  readonly traces: readonly LaunchTrace[];
  /** Stop before the first record. Default true. */
  readonly stopOnEntry: boolean;
  /** Line of the (first) trace file, from 1: stop there, or at the next access below, instead of before the first. */
  readonly stopAtLine: number | undefined;
  /** Registers that stepping passes over, by name, glob, offset or range. */
  readonly skip: readonly string[];
  /** What happens where the model answers a read otherwise than recorded. */
  readonly compare: ComparePolicy;
  /** Which commands engines execute; undefined: as the recording's header says, or else hardware's. */
  readonly policy: DevicePolicy | undefined;
  /** The vGPU is one of a host under this hypervisor; undefined: it has neither. */
  readonly hypervisor: HypervisorKind | undefined;
  /** How vGPUs of a host get engines. */
  readonly schedule: Schedule;
  /** In which order the records of several recordings come: by time, or so many of each in turn. */
  readonly interleave: Interleave;
  /** What stands for an unknown byte where memory is read; undefined: it is unreadable. */
  readonly unknownByte: number | undefined;
  /** Run through without breakpoints. */
  readonly noDebug: boolean;
  /** What the recording cannot tell of itself. */
  readonly reading: Reading;
  /** The vGPU's slice of graphics memory; undefined: as the recording tells. */
  readonly slice: ReaderHints['slice'];
}

/** Throws `badLaunch` with the attribute and what it must be. */
export function parseLaunchOptions(given: object): LaunchOptions {
  const schedule = LAUNCH.schedule.read(given);
  return {
    traces: tracesOf(given),
    stopOnEntry: LAUNCH.stopOnEntry.read(given),
    stopAtLine: LAUNCH.stopAtLine.read(given),
    skip: LAUNCH.skip.read(given),
    compare: LAUNCH.compare.read(given),
    policy: LAUNCH.policy.read(given),
    hypervisor: LAUNCH.hypervisor.read(given),
    schedule,
    interleave: interleaveOf(given, schedule),
    unknownByte: LAUNCH.unknownByte.read(given) ?? undefined,
    noDebug: NO_DEBUG.read(given),
    reading: readingOf(given),
    slice: sliceOf(given),
  };
}

function sliceOf(given: object): ReaderHints['slice'] {
  const slice = LAUNCH.slice.read(given);
  if (slice === undefined || tracesOf(given).length === 1) return slice;
  throw bad('"slice" goes with "trace": guests of one host have a slice each');
}

function interleaveOf(given: object, schedule: Schedule): Interleave {
  const value = LAUNCH.interleave.read(given);
  if (value === 'time' || schedule === 'at-once') return value;
  throw bad(
    'a number for "interleave" goes with "schedule": "at-once": time slices need one clock for all guests',
  );
}

/** What says nothing is absent. */
function readingOf(given: object): Reading {
  const device = LAUNCH.device.read(given) || undefined;
  const bar0 = LAUNCH.bar0.read(given);
  const bar2 = LAUNCH.bar2.read(given);
  const model = LAUNCH.model.read(given);
  const registers = LAUNCH.registers.read(given) || undefined;
  return {
    ...(device === undefined ? {} : { device }),
    ...(isAddress(bar0) ? { bar0 } : {}),
    ...(isAddress(bar2) ? { bar2 } : {}),
    ...(model === 'auto' ? {} : { model }),
    ...(registers === undefined ? {} : { registers }),
  };
}

function isAddress(value: number | undefined): value is number {
  return value !== undefined && !Number.isNaN(value);
}

function tracesOf(given: object): readonly LaunchTrace[] {
  const golden = LAUNCH.golden.read(given) || undefined;
  const path = LAUNCH.trace.read(given);
  const traces = LAUNCH.traces.read(given);
  if (traces === undefined) {
    if (path === undefined) throw new AdapterError('badLaunch', noTrace(given));
    return [{ path, golden }];
  }
  if (path !== undefined) {
    throw bad(
      'there is "trace", for one recording, or "traces", for several on one host, not both',
    );
  }
  return traces.map((entry) => ({ path: entry.path, golden: entry.golden ?? golden }));
}

const NO_TRACE =
  'The launch configuration needs "trace", the path of a recording, or "traces" for several on one host.';

function noTrace(given: object): string {
  const mistyped = unknownNames(given).find((name) => didYouMean(name, ['trace', 'traces']) !== '');
  return mistyped === undefined ? NO_TRACE : `${NO_TRACE} It has "${mistyped}".`;
}
