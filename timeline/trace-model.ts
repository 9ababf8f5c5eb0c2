import type { DeviceModel } from '../emulator/index.ts';
import type { EventNames } from './breakpoint/event-pattern.ts';
import type { DeviceViews } from './local-session/device-views.ts';
import type { RegisterDirectory } from './register-directory.ts';

/** A device and what can be said of it, as a session wants them. */
export interface TraceModel {
  /** `captured`: of a dump; it stands still. */
  readonly kind: 'vgpu' | 'recorded' | 'captured';
  readonly device: DeviceModel;
  readonly directory: RegisterDirectory;
  readonly views?: DeviceViews;
  readonly events?: EventNames;
}
