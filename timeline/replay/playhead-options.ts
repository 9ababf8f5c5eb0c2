import type { DeviceListener } from '../../emulator/index.ts';
import type { ComparePolicy } from './record-applier.ts';

export interface PlayheadOptions {
  readonly compare?: ComparePolicy;
  /** Memory for checkpoints in bytes. */
  readonly checkpointBytes?: number;
  /** Records between checkpoints. */
  readonly checkpointSpacing?: number;
}

/** Listens to the device while records are applied, but not while edits are made. */
export interface PlayheadListener extends DeviceListener {
  /** State was changed by an edit: what was remembered of it is out of date. */
  edited(): void;
}
