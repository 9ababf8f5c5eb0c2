import type { AccessFilter, BreakpointPlace } from '../timeline/index.ts';

/**
 * A function breakpoint's name: a register by name, glob, offset or range, where wanted with the kind of access
 * before it (`RCS0.ELSP`, `write RING_*`, `read 0x44200`); a command (`PIPE_CONTROL`, `MI_*`, `RCS0:MI_NOOP`); or an
 * interrupt (`interrupt:RCS0 user interrupt`, `interrupt:*vblank`, `MSI`).
 */
export function functionPlace(name: string): BreakpointPlace {
  const interrupt = /^\s*(?:interrupt:\s*(.*?)|(MSI))\s*$/i.exec(name);
  if (interrupt !== null) return { kind: 'interrupt', pattern: interrupt[1] ?? 'MSI' };
  const match = /^\s*(?:(read|write)\s+)?(.*?)\s*$/i.exec(name);
  const pattern = match?.[2] ?? name;
  if (match?.[1] === undefined) return { kind: 'name', pattern };
  return { kind: 'register', pattern, access: accessNamed(match[1]) };
}

function accessNamed(word: string): AccessFilter {
  return word.toLowerCase() === 'read' ? 'read' : 'write';
}
