import { AdapterError } from './errors.ts';

const COMPARE = ['compare', 'force', 'ignore'] as const;
export type ComparePolicy = (typeof COMPARE)[number];
const POLICIES = ['hardware', 'gvt-g'] as const;
export type DevicePolicy = (typeof POLICIES)[number];
const HYPERVISORS = ['kvm', 'xen'] as const;
export type HypervisorKind = (typeof HYPERVISORS)[number];
const SCHEDULES = ['at-once', 'sliced'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** The attributes of a launch configuration, checked. */
export interface LaunchOptions {
  /** Path of the recording, absolute or relative to the working directory. */
  readonly trace: string;
  /** Stop before the first record. Default true. */
  readonly stopOnEntry: boolean;
  /** Line of the trace file, from 1: stop there, or at the next access below, instead of before the first. */
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
  /** What stands for an unknown byte where memory is read; undefined: it is unreadable. */
  readonly unknownByte: number | undefined;
  /** Run through without breakpoints. */
  readonly noDebug: boolean;
}

/** Throws `badLaunch` with the attribute and what it must be. */
export function parseLaunchOptions(given: object): LaunchOptions {
  const trace: unknown = Reflect.get(given, 'trace');
  if (typeof trace !== 'string' || trace.trim() === '') {
    throw bad('"trace" must be the path of a recording; it is empty');
  }
  return {
    trace,
    stopOnEntry: flag(given, 'stopOnEntry', true),
    stopAtLine: lineNumber(given, 'stopAtLine'),
    skip: patterns(Reflect.get(given, 'skip')),
    compare: oneOf(given, 'compare', COMPARE) ?? 'compare',
    policy: oneOf(given, 'policy', POLICIES),
    hypervisor: oneOf(given, 'hypervisor', HYPERVISORS),
    schedule: oneOf(given, 'schedule', SCHEDULES) ?? 'at-once',
    unknownByte: byte(given, 'unknownByte'),
    noDebug: flag(given, 'noDebug', false),
  };
}

function flag(given: object, name: string, standard: boolean): boolean {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined) return standard;
  if (typeof value !== 'boolean') throw bad(`"${name}" must be true or false, not ${show(value)}`);
  return value;
}

function lineNumber(given: object, name: string): number | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw bad(`"${name}" must be the number of a line, from 1 on, not ${show(value)}`);
  }
  return value;
}

function byte(given: object, name: string): number | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 255) {
    throw bad(`"${name}" must be a number from 0 to 255, not ${show(value)}`);
  }
  return value;
}

function patterns(value: unknown): readonly string[] {
  if (value === undefined) return [];
  const strings = Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (!strings) {
    throw bad(`"skip" must be a list of register patterns such as ["GPIO*"], not ${show(value)}`);
  }
  return value;
}

function oneOf<T extends string>(
  given: object,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined) return undefined;
  const found = choices.find((each) => each === value);
  if (found === undefined) {
    throw bad(`"${name}" must be one of ${choices.join(', ')}, not ${show(value)}`);
  }
  return found;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

function bad(what: string): AdapterError {
  return new AdapterError('badLaunch', `In the launch configuration, ${what}.`);
}
