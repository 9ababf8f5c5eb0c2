/** Register names that a trace may use; handed in, since only the device's tables know them. */
export interface RegisterNames {
  /** BAR0 offset of a register by its full name (`RCS0.RING_TAIL`); undefined where there is none. */
  offsetOf(name: string): number | undefined;
}
