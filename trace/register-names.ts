import type { DeviceDescription } from './device-description.ts';

/** Register names that a trace may use; handed in, since only the device's tables know them. */
export interface RegisterNames {
  /**
   * BAR0 offset of a register by its full name (`RCS0.RING_TAIL`); undefined where there is none. `device` is what
   * the trace has told of its device up to the line that has the name.
   */
  offsetOf(
    name: string,
    device: Pick<DeviceDescription, 'platform' | 'deviceId'>,
  ): number | undefined;
  /** What a name that is no register's stands for elsewhere, such as `an engine`; undefined for one that is free. */
  meaningOf?(
    name: string,
    device: Pick<DeviceDescription, 'platform' | 'deviceId'>,
  ): string | undefined;
}
