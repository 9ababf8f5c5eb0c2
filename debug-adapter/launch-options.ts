import {
  HYPERVISORS,
  type HypervisorKind,
  type Interleave,
  MODELS,
  type Reading,
} from '../timeline/index.ts';
import { AdapterError } from './errors.ts';
import {
  address,
  bad,
  byte,
  flag,
  lineNumber,
  oneOf,
  patterns,
  show,
  text,
} from './launch-attributes.ts';

const COMPARE = ['compare', 'force', 'ignore'] as const;
export type ComparePolicy = (typeof COMPARE)[number];
const POLICIES = ['hardware', 'gvt-g'] as const;
export type DevicePolicy = (typeof POLICIES)[number];
const SCHEDULES = ['at-once', 'sliced'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** A recording. Paths are absolute, or relative to the working directory. */
export interface LaunchTrace {
  readonly path: string;
  /** The registers of the host that it was on, from which the vGPU starts; undefined: from those of the tables. */
  readonly golden: string | undefined;
}

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
}

/** Throws `badLaunch` with the attribute and what it must be. */
export function parseLaunchOptions(given: object): LaunchOptions {
  const schedule = oneOf(given, 'schedule', SCHEDULES) ?? 'at-once';
  return {
    traces: tracesOf(given),
    stopOnEntry: flag(given, 'stopOnEntry', true),
    stopAtLine: lineNumber(given, 'stopAtLine'),
    skip: patterns(Reflect.get(given, 'skip')),
    compare: oneOf(given, 'compare', COMPARE) ?? 'compare',
    policy: oneOf(given, 'policy', POLICIES),
    hypervisor: oneOf(given, 'hypervisor', HYPERVISORS),
    schedule,
    interleave: interleaveOf(given, schedule),
    unknownByte: byte(given, 'unknownByte'),
    noDebug: flag(given, 'noDebug', false),
    reading: readingOf(given),
  };
}

function interleaveOf(given: object, schedule: Schedule): Interleave {
  const value: unknown = Reflect.get(given, 'interleave');
  if (value === undefined || value === 'time') return 'time';
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw bad(`"interleave" must be "time" or a number of records, from 1 on, not ${show(value)}`);
  }
  if (schedule === 'at-once') return value;
  throw bad(
    'a number for "interleave" goes with "schedule": "at-once": time slices need one clock for all guests',
  );
}

function readingOf(given: object): Reading {
  const device = text(given, 'device');
  const bar0 = address(given, 'bar0');
  const bar2 = address(given, 'bar2');
  const model = oneOf(given, 'model', MODELS) ?? 'auto';
  const registers = text(given, 'registers');
  return {
    ...(device === undefined ? {} : { device }),
    ...(bar0 === undefined ? {} : { bar0 }),
    ...(bar2 === undefined ? {} : { bar2 }),
    ...(model === 'auto' ? {} : { model }),
    ...(registers === undefined ? {} : { registers }),
  };
}

/** vGPUs of a host, at most (gvt-facts §2.1). */
const MOST_TRACES = 7;

const NO_TRACE =
  'The launch configuration needs "trace", the path of a recording, or "traces" for several on one host.';

function tracesOf(given: object): readonly LaunchTrace[] {
  const golden = text(given, 'golden');
  const [trace, traces]: unknown[] = ['trace', 'traces'].map((name) => Reflect.get(given, name));
  if (traces === undefined) {
    if (isPath(trace)) return [{ path: trace, golden }];
    if (trace === undefined) throw new AdapterError('badLaunch', NO_TRACE);
    throw bad('"trace" must be the path of a recording; it is empty');
  }
  if (trace !== undefined) {
    throw bad(
      'there is "trace", for one recording, or "traces", for several on one host, not both',
    );
  }
  const most = `"traces" must be a list of the paths of 1 to ${MOST_TRACES} recordings`;
  if (!Array.isArray(traces)) throw bad(`${most}, not ${show(traces)}`);
  if (traces.length < 1 || traces.length > MOST_TRACES) throw bad(`${most}, not ${traces.length}`);
  return traces.map((each: unknown) => {
    const entry = entryOf(each);
    if (entry === undefined) throw bad(`${most}, not ${show(traces)}`);
    return { golden, ...entry };
  });
}

/** `"a.vgpu"`, or `{ "trace": "a.vgpu", "golden": "a.golden_hw_state" }`. */
function entryOf(given: unknown): Pick<LaunchTrace, 'path'> | LaunchTrace | undefined {
  if (isPath(given)) return { path: given };
  if (typeof given !== 'object' || given === null) return undefined;
  const path: unknown = Reflect.get(given, 'trace');
  const golden = text(given, 'golden');
  if (!isPath(path)) return undefined;
  return golden === undefined ? { path } : { path, golden };
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
