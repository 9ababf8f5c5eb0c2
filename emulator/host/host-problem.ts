/** Why the host refused something: the kernel's error number, and a sentence for people. */
export interface HostProblem {
  readonly errno: number;
  readonly problem: string;
}

/** Error numbers of Linux. */
export const ERRNO = {
  noDevice: -19,
  noMemory: -12,
  exists: -17,
  invalid: -22,
  tryAgain: -11,
  noSpace: -28,
} as const;

export function isProblem(result: object): result is HostProblem {
  return 'problem' in result;
}
