/** Why the host refused something: the kernel's error number, and a sentence for people. */
export interface HostProblem {
  /** 0: a kernel would have taken it, and it does nothing here. */
  readonly errno: number;
  readonly problem: string;
}

/** Error numbers of Linux. */
export const ERRNO = {
  /** The kernel says that all is well. */
  none: 0,
  noDevice: -19,
  noEntry: -2,
  noMemory: -12,
  noAccess: -13,
  busy: -16,
  exists: -17,
  invalid: -22,
  tryAgain: -11,
  noSpace: -28,
} as const;

const NAMES: Readonly<Record<number, string>> = {
  [ERRNO.noDevice]: 'ENODEV',
  [ERRNO.noEntry]: 'ENOENT',
  [ERRNO.noMemory]: 'ENOMEM',
  [ERRNO.noAccess]: 'EACCES',
  [ERRNO.busy]: 'EBUSY',
  [ERRNO.exists]: 'EEXIST',
  [ERRNO.invalid]: 'EINVAL',
  [ERRNO.tryAgain]: 'EAGAIN',
  [ERRNO.noSpace]: 'ENOSPC',
};

/** The sentence, with what a program that writes the file would see: `There is no vGPU 5. (ENODEV, -19)`. */
export function problemText({ errno, problem }: HostProblem): string {
  return errno === ERRNO.none ? problem : `${problem} (${NAMES[errno] ?? 'error'}, ${errno})`;
}

export function isProblem(result: object): result is HostProblem {
  return 'problem' in result;
}
