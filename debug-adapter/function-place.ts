import type { AccessFilter, BreakpointPlace } from '../timeline/index.ts';

/**
 * A function breakpoint's name: a register by name, glob, offset or range, where wanted with the kind of access
 * before it (`RCS0.ELSP`, `write RING_*`, `read 0x44200`); a command (`PIPE_CONTROL`, `MI_*`, `RCS0:MI_NOOP`); or an
 * interrupt (`interrupt:RCS0 user interrupt`, `interrupt:*vblank`, `MSI`), or one that the guest does not get
 * (`dropped:RCS0 user interrupt`).
 */
export function functionPlace(name: string): BreakpointPlace {
  if (/^\s*MSI\s*$/i.test(name)) return { kind: 'interrupt', pattern: 'MSI' };
  const [, kind, interrupt] = /^\s*(interrupt|dropped):\s*(.*?)\s*$/i.exec(name) ?? [];
  if (kind !== undefined && interrupt !== undefined) {
    const dropped = kind.toLowerCase() === 'dropped' ? { dropped: true } : {};
    return { kind: 'interrupt', pattern: interrupt, ...dropped };
  }
  const match = /^\s*(?:(read|write)\s+)?(.*?)\s*$/i.exec(name);
  const pattern = match?.[2] ?? name;
  if (match?.[1] === undefined) return { kind: 'name', pattern };
  return { kind: 'register', pattern, access: accessNamed(match[1]) };
}

function accessNamed(word: string): AccessFilter {
  return word.toLowerCase() === 'read' ? 'read' : 'write';
}
