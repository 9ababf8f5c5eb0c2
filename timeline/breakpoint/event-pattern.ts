import type { InterruptEvent, WorkBrief } from '../../emulator/index.ts';
import { globTest } from '../patterns/glob.ts';
import { didYouMean } from '../patterns/suggest.ts';

/** What a device's engines execute and raise, by name. */
export interface EventNames {
  /** `RCS0` … */
  readonly engines: readonly string[];
  readonly commands: readonly string[];
  /** `MSI`, and events. */
  readonly interrupts: readonly string[];
}

export interface EventPattern<E> {
  readonly ok: true;
  readonly matches: (event: E) => boolean;
  /** For people: `MI_NOOP on RCS0`, `23 commands: MI_NOOP, …`. */
  readonly explanation: string;
}

export interface EventPatternError {
  readonly ok: false;
  readonly message: string;
}

/** `PIPE_CONTROL`, `MI_*`, on any engine; `RCS0:MI_*`, `VCS*:MI_FLUSH_DW`, `vGPU2.RCS0:*`. */
export function compileCommandPattern(
  text: string,
  names: EventNames,
): EventPattern<WorkBrief> | EventPatternError {
  const [, engine, command = ''] = /^\s*(?:([^:]*?)\s*:)?\s*(.*?)\s*$/.exec(text) ?? [];
  const engines = engine === undefined ? names.engines : engineNames(engine, names.engines);
  if (engine !== undefined && engines.length === 0) {
    const known = names.engines.join(', ');
    return { ok: false, message: `No engine is called ${engine}; there are ${known}.` };
  }
  const commands = matching(command, names.commands);
  if (commands.length === 0) {
    const hint = didYouMean(command.replace(/[*?]/g, ''), names.commands);
    return { ok: false, message: `No command is called ${command}.${hint}` };
  }
  const wanted = new Set(commands);
  const where = engine === undefined ? '' : ` on ${engines.join(', ')}`;
  return {
    ok: true,
    matches: (step) =>
      step.name !== undefined && wanted.has(step.name) && engines.includes(step.engine),
    explanation: `${listed('command', commands)}${where}`,
  };
}

/** `RCS0 user interrupt`, `*vblank`, `MSI`: such as the guest gets, or only such as are masked or cannot leave. */
export function compileInterruptPattern(
  text: string,
  names: EventNames,
  dropped = false,
): EventPattern<InterruptEvent> | EventPatternError {
  const pattern = text.trim();
  const found = matching(pattern, names.interrupts);
  if (found.length === 0) {
    const hint = didYouMean(pattern.replace(/[*?]/g, ''), names.interrupts);
    return { ok: false, message: `No interrupt is called ${pattern}.${hint}` };
  }
  const wanted = new Set(found);
  return {
    ok: true,
    matches: ({ name, delivered }) => delivered !== dropped && wanted.has(name),
    explanation: listed(dropped ? 'dropped interrupt' : 'interrupt', found),
  };
}

/** Of several guests `vGPU2.RCS0` is one's engine, `RCS0` everybody's. */
function engineNames(pattern: string, names: readonly string[]): readonly string[] {
  const test = globTest(pattern);
  return names.filter((name) => test(name) || test(name.slice(name.indexOf('.') + 1)));
}

function matching(pattern: string, names: readonly string[]): readonly string[] {
  return names.filter(globTest(pattern));
}

function listed(what: string, names: readonly string[]): string {
  if (names.length === 1) return `${what} ${names[0]}`;
  const more = names.length > 4 ? ', …' : '';
  return `${names.length} ${what}s: ${names.slice(0, 4).join(', ')}${more}`;
}
