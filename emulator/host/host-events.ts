/** What happens on a host, for debuggers. Called synchronously. */
export interface HostListener {
  /** The vGPU whose work is taken changed; 0 for none. */
  scheduled?(event: { readonly from: number; readonly to: number; readonly now: number }): void;
  /** A register changed hands with an engine: GVT-g's event `render_mmio` (gvt-facts §13.1). */
  renderSwitched?(event: RegisterSwitch): void;
  /** As before, with the display. */
  displaySwitched?(event: RegisterSwitch): void;
  /** A register of the hardware was written for a vGPU. */
  hardwareWritten?(offset: number, value: number): void;
  /** A step of making or unmaking a vGPU. */
  lifeCycle?(event: LifeCycleEvent): void;
  /** For whoever manages the host's display (gvt-facts §3). */
  uevent?(variables: Readonly<Record<string, string>>): void;
}

export interface RegisterSwitch {
  /** vGPU ids; 0 for the host. */
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  /** Value that was saved, and the one that was written, with its mask half where it has one. */
  readonly old: number;
  readonly next: number;
}

export interface LifeCycleEvent {
  readonly vgpu: number;
  readonly direction: 'make' | 'unmake';
  readonly step: string;
}
