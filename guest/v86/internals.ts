/**
 * The parts of v86 that a PCI device needs and its own types leave out. All of these names are in the published
 * build; `npm test` finds out when a new version changes them.
 */
export interface V86Internals {
  readonly v86: {
    readonly cpu: V86Cpu;
    save_state(): ArrayBuffer;
    restore_state(state: ArrayBuffer): void;
    next_tick(milliseconds: number): void;
  };
  readonly bus: V86Bus;
  add_listener(event: string, listener: (value: unknown) => void): void;
}

export interface V86Bus {
  send(event: string, value: unknown): void;
}

export interface V86Cpu {
  /** Runs for about a millisecond; returns how many milliseconds the processor has nothing to do. */
  main_loop(): number;
  run_hardware_timers(acpiEnabled: boolean, now: number): number;
  codegen_finalize(index: number, start: number, flags: number, at: number, length: number): void;
  codegen_finalize_finished(index: number, start: number, flags: number): void;
  jit_dirty_cache(start: number, end: number): void;
  mmap_write16(address: number, value: number): void;
  mmap_write64(address: number, low: number, high: number): void;
  mmap_write128(address: number, a: number, b: number, c: number, d: number): void;
  get_apic_addr(): number;
  device_raise_irq(interrupt: number): void;
  device_lower_irq(interrupt: number): void;
  readonly jit_imports: WebAssembly.ModuleImports;
  readonly wm: { readonly wasm_table: WebAssembly.Table };
  readonly wasm_memory: WebAssembly.Memory;
  /** A proxy: slow, and always of the present memory. */
  readonly mem8: Uint8Array;
  readonly in_hlt: Uint8Array;
  readonly flags: Int32Array;
  readonly instruction_counter: Uint32Array;
  /** Linear address of the instruction that is being executed. */
  readonly previous_ip: Int32Array;
  /** EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI. */
  readonly reg32: Int32Array;
  readonly memory_map_read8: ReadMap;
  readonly memory_map_write8: WriteMap;
  readonly memory_map_read32: ReadMap;
  readonly memory_map_write32: WriteMap;
  readonly io: V86Io;
  readonly devices: { readonly pci: V86Pci };
}

/** By 128 KiB of physical address. */
type ReadMap = (((address: number) => number) | undefined)[];
type WriteMap = (((address: number, value: number) => void) | undefined)[];

export interface V86Io {
  readonly ports: V86Port[];
  mmap_register(
    address: number,
    size: number,
    read8: (address: number) => number,
    write8: (address: number, value: number) => void,
    read32: (address: number) => number,
    write32: (address: number, value: number) => void,
  ): void;
}

export interface V86Port {
  read8(this: unknown, port: number): number;
  read16(this: unknown, port: number): number;
  read32(this: unknown, port: number): number;
  write8(this: unknown, value: number): void;
  write16(this: unknown, value: number): void;
  write32(this: unknown, value: number): void;
  readonly device: unknown;
}

export interface V86Pci {
  /** What was written to port 0xcf8. */
  readonly pci_addr32: Int32Array;
  /** Configuration space of the bridge to ISA, which routes interrupts. */
  readonly isa_bridge_space8: Uint8Array;
  register_device(device: {
    readonly pci_id: number;
    readonly pci_space: readonly number[];
    readonly pci_bars: readonly unknown[];
    readonly name: string;
  }): void;
}

export type V86Constructor = new (options: V86Options) => V86Internals;

export interface V86Options {
  readonly wasm_fn: (imports: WebAssembly.Imports) => Promise<WebAssembly.Exports>;
  readonly memory_size: number;
  readonly vga_memory_size: number;
  readonly bios: { readonly buffer: ArrayBuffer };
  readonly vga_bios: { readonly buffer: ArrayBuffer };
  readonly bzimage?: { readonly buffer: ArrayBuffer };
  readonly initrd?: { readonly buffer: ArrayBuffer };
  readonly cmdline: string;
  readonly acpi: boolean;
  /** A second serial line. */
  readonly uart1: boolean;
  readonly net_device: { readonly type: string };
  readonly disable_keyboard: boolean;
  readonly disable_mouse: boolean;
  readonly disable_speaker: boolean;
  readonly autostart: boolean;
}
