/**
 * What tests know of a recording. The two start alike: up to the first submissions the same driver does the same, at
 * the same records.
 */
export interface Recording {
  readonly file: string;
  readonly records: number;
  /** The first access behind 76,000 polls of the GPIO, which begin at record 233,892. */
  readonly afterPolls: number;
  /** Whether its accesses carry the driver's call stack. */
  readonly hasStacks: boolean;
}

export const FBCON: Recording = {
  file: 'skl-modeset-fbcon-gem.vgpu.gz',
  records: 1_593_971,
  afterPolls: 310_570,
  hasStacks: false,
};

export const STACKS: Recording = {
  file: 'skl-modeset-stacks.vgpu.gz',
  records: 531_465,
  afterPolls: 310_566,
  hasStacks: true,
};
