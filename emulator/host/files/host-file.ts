import { ERRNO, type HostProblem } from '../host-problem.ts';

/** A file in which the host's kernel tells something of its vGPUs, or by which they are steered. */
export interface HostFile {
  /** Whole: `/sys/kernel/vgt/control/foreground_vm`. */
  readonly path: string;
  /** Its contents as the kernel prints them; absent for one that is only written. */
  readonly read?: () => string;
  /** Absent for one that is only read. */
  readonly write?: (text: string) => HostProblem | undefined;
  /** What of it is not modelled, or is other than a kernel's. */
  readonly note?: string;
}

/** Of the old trees (gvt-facts §14.4), and of today's (gvt-facts §12.6). */
export const SYSFS = '/sys/kernel/vgt';
export const DEBUGFS = '/sys/kernel/debug/dri/0/gvt';

/** What the kernel takes without a complaint, and what has no effect here. */
export function withoutEffect(problem: string): HostProblem {
  return { errno: ERRNO.none, problem };
}

export function invalid(problem: string): HostProblem {
  return { errno: ERRNO.invalid, problem };
}

/** A whole number as `%d` or, with 0x, `%i` reads it; undefined for none. */
export function numberIn(text: string): number | undefined {
  const found = /^\s*([+-]?)(0x[0-9a-f]+|\d+)/i.exec(text);
  if (found === null) return undefined;
  return Number(found[2]) * (found[1] === '-' ? -1 : 1);
}
