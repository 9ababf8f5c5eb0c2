import { CHECKS, type Fault } from '../../emulator/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import { configRegisterAt } from '../config-registers.ts';
import type { DataTarget } from '../data-target.ts';
import { compilePattern } from '../patterns/access-pattern.ts';
import { didYouMean } from '../patterns/suggest.ts';
import { dwordName, hex, REGISTER_BYTES, type RegisterDirectory } from '../register-directory.ts';
import type { AccessFilter, BreakpointPlace } from '../session.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import {
  compileCommandPattern,
  compileInterruptPattern,
  type EventNames,
} from './event-pattern.ts';
import { targetProblem, WatchedTarget } from './watched-target.ts';

/** What a breakpoint's place comes to. */
export interface CompiledPlace {
  readonly place: Pick<
    ArmedBreakpoint,
    'record' | 'matcher' | 'target' | 'work' | 'interrupt' | 'fault' | 'access' | 'name'
  >;
  /** What it was taken for. */
  readonly message: string;
}

export interface PlaceProblem {
  readonly problem: string;
}

/** What names can stand for. */
export interface Names {
  readonly directory: RegisterDirectory;
  readonly events: EventNames;
}

export function compilePlace(
  place: BreakpointPlace,
  names: Names,
  store: TraceStore,
): CompiledPlace | PlaceProblem {
  switch (place.kind) {
    case 'record':
      return recordPlace(place.record, store);
    case 'register':
      return registerPlace(place.pattern, place.access, names);
    case 'command':
      return commandPlace(place.pattern, names);
    case 'instruction':
      return instructionPlace(place, names);
    case 'interrupt':
      return interruptPlace(place.pattern, place.dropped === true, names);
    case 'fault':
      return faultPlace(place.checks);
    case 'name':
      return namedPlace(place.pattern, names);
    case 'data':
      return dataPlace(place.target, place.access, names);
  }
}

function recordPlace(record: number, store: TraceStore): CompiledPlace | PlaceProblem {
  if (!Number.isInteger(record) || record < 0 || record >= store.length) {
    return { problem: `There is no record ${record}: the trace has ${store.length}.` };
  }
  const name = `record ${record}`;
  return { place: { record, access: 'readWrite', name }, message: name };
}

function registerPlace(
  text: string,
  access: AccessFilter,
  { directory }: Names,
): CompiledPlace | PlaceProblem {
  const pattern = compilePattern(text, directory);
  if (!pattern.ok) return { problem: pattern.message };
  const { matcher, explanation } = pattern;
  return { place: { matcher, access, name: text }, message: explanation };
}

function commandPlace(text: string, { events }: Names): CompiledPlace | PlaceProblem {
  const pattern = compileCommandPattern(text, events);
  if (!pattern.ok) return { problem: pattern.message };
  const { matches, explanation } = pattern;
  return { place: { work: matches, access: 'readWrite', name: text }, message: explanation };
}

function instructionPlace(
  { engine, space, address, context }: Extract<BreakpointPlace, { kind: 'instruction' }>,
  { events }: Names,
): CompiledPlace | PlaceProblem {
  if (!events.engines.includes(engine)) {
    return { problem: `No engine is called ${engine}; there are ${events.engines.join(', ')}.` };
  }
  const whose = context === undefined ? '' : ` of context ${hex(context)}`;
  const name = `${engine} command at ${space} ${hex(address)}${whose}`;
  const work: ArmedBreakpoint['work'] = (step) =>
    step.address === address &&
    step.space === space &&
    step.engine === engine &&
    (context === undefined || step.context === context);
  return { place: { work, access: 'readWrite', name }, message: name };
}

function interruptPlace(
  text: string,
  dropped: boolean,
  { events }: Names,
): CompiledPlace | PlaceProblem {
  const pattern = compileInterruptPattern(text, events, dropped);
  if (!pattern.ok) return { problem: pattern.message };
  const { matches, explanation } = pattern;
  return { place: { interrupt: matches, access: 'readWrite', name: text }, message: explanation };
}

function faultPlace(checks: readonly string[]): CompiledPlace | PlaceProblem {
  const known: readonly string[] = CHECKS.map(({ id }) => id);
  const strange = checks.find((id) => !known.includes(id));
  if (strange !== undefined) {
    return { problem: `No check is called ${strange}.${didYouMean(strange, known)}` };
  }
  const wanted = new Set(checks);
  const fault = ({ check }: Fault) => wanted.has(check);
  const name = checks.length === 1 ? (checks[0] ?? '') : `${checks.length} checks`;
  return { place: { fault, access: 'readWrite', name }, message: name };
}

/** A name alone: a register's, else a command's. A glob means all registers and all commands that it fits. */
function namedPlace(text: string, names: Names): CompiledPlace | PlaceProblem {
  const register = registerPlace(text, 'readWrite', names);
  const isGlob = /[*?]/.test(text);
  if (!('problem' in register) && !isGlob) return register;
  const command = commandPlace(text, names);
  if ('problem' in command) return 'problem' in register ? unknownName(text, names) : register;
  if ('problem' in register) return command;
  return {
    place: { ...register.place, ...command.place },
    message: `${register.message}; ${command.message}`,
  };
}

/** Where it can only be an offset or a space, what is wrong with that; else names that are like it. */
function unknownName(text: string, { directory, events }: Names): PlaceProblem {
  const trimmed = text.trim();
  const engine = /^[^:]*\d\*?:/.test(trimmed);
  if (engine) {
    const command = compileCommandPattern(trimmed, events);
    if (!command.ok) return { problem: command.message };
  }
  const register = compilePattern(trimmed, directory);
  const isPlace = trimmed === '' || /^(0x|\d+$)/i.test(trimmed) || trimmed.includes(':');
  if (isPlace && !register.ok) return { problem: register.message };
  const all = [...directory.names(), ...events.commands];
  const hint = didYouMean(trimmed.replace(/[*?]/g, ''), all);
  return { problem: `No register or command is called ${trimmed}.${hint}` };
}

function dataPlace(
  target: DataTarget,
  access: AccessFilter | 'change',
  { directory }: Names,
): CompiledPlace | PlaceProblem {
  const problem = targetProblem(target);
  if (problem !== undefined) return { problem };
  const name = targetName(target, directory);
  return { place: { target: new WatchedTarget(target), access, name }, message: name };
}

/** `RCS0.RING_CTL.enable`, `ggtt[0x1000]`, `config COMMAND`, `memory 0x2000, 4 bytes`. */
export function targetName(target: DataTarget, directory: RegisterDirectory): string {
  const { space, address, size, bits } = target;
  const suffix = bits === undefined ? '' : `[${bits.high}:${bits.low}]`;
  switch (space) {
    case 'mmio': {
      const info = address < REGISTER_BYTES ? directory.at(address) : undefined;
      if (info === undefined) return `mmio ${hex(address)}${suffix}`;
      const field = info.fields.find((each) => each.low === bits?.low && each.high === bits.high);
      const name = dwordName(info, address);
      return field === undefined ? `${name}${suffix}` : `${name}.${field.name}`;
    }
    case 'ggtt':
      return `ggtt[${hex(address)}]${suffix}`;
    case 'config':
      return `config ${configRegisterAt(address, directory)?.name ?? hex(address, 2)}${suffix}`;
    case 'memory':
      return `memory ${hex(address)}, ${size} bytes${suffix}`;
  }
}
