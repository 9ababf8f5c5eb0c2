import type { CommandRange, CommandValue } from '../../emulator/index.ts';
import type {
  EngineDetail,
  EngineView,
  HostFileView,
  HostView,
  InterruptGroupView,
  PteView,
  ScreenView,
  ShadowView,
  WalkStep,
} from '../inspection.ts';

/**
 * What only the device itself can say of its state: the meaning of entries and interrupts. The bundled vGPU's
 * views have this shape; a device without them shows empty lists.
 */
export interface DeviceViews {
  /** Short name of what the device is: `skl`. */
  readonly platform: string;
  ggtt(start: number, count: number): readonly PteView[];
  walk(space: 'ggtt' | 'ppgtt', address: number, root?: number | string): readonly WalkStep[];
  engines(): readonly EngineView[];
  engine(name: string): EngineDetail | undefined;
  /** Commands as they stand in memory. */
  commands(range: CommandRange): readonly CommandValue[];
  /** Dword at a graphics address as an engine sees it; undefined where it is not mapped or not known. */
  dword(engine: string, space: 'ggtt' | 'ppgtt', address: number): number | undefined;
  interrupts(): readonly InterruptGroupView[];
  screen(pipe?: number): ScreenView;
  /** Where the model keeps something of the guest's page tables. */
  shadow?(): ShadowView;
  /** Where the device shares a host with others. */
  host?(): HostView | undefined;
  hostFiles?(folder: string): readonly HostFileView[];
  /** What is on that host's screen. */
  hostScreen?(pipe?: number): ScreenView | undefined;
}
