import type { AccessFilter, BreakpointPlace } from '../timeline/index.ts';

/**
 * A function breakpoint's name: a register by name, glob, offset or range, where wanted with the kind of access
 * before it: `RCS0.ELSP`, `write RING_*`, `read 0x44200`.
 */
export function functionPlace(name: string): BreakpointPlace {
  const match = /^\s*(?:(read|write)\s+)?(.*?)\s*$/i.exec(name);
  const pattern = match?.[2] ?? name;
  return { kind: 'register', pattern, access: accessNamed(match?.[1]) };
}

function accessNamed(word: string | undefined): AccessFilter {
  switch (word?.toLowerCase()) {
    case 'read':
      return 'read';
    case 'write':
      return 'write';
    default:
      return 'readWrite';
  }
}
