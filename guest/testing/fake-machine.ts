import type { V86Cpu, V86Port } from '../v86/internals.ts';
import type { MachineParts } from '../v86/machine.ts';

/** Accesses that the emulator itself would have answered. */
export interface PassedOn {
  readonly what: string;
  readonly at: number;
  readonly value?: number;
}

const PIECES = 1 << 15;

/** A PC without a processor: a test does what the guest would do. */
export class FakeMachine implements MachineParts {
  readonly ram: Uint8Array;
  readonly ramWords: Uint32Array;
  readonly clock = { now: 0 };
  readonly passedOn: PassedOn[] = [];
  readonly cpu: V86Cpu;

  constructor(ramBytes: number) {
    this.ram = new Uint8Array(ramBytes);
    this.ramWords = new Uint32Array(this.ram.buffer);
    this.cpu = fakeCpu(this);
  }

  /** The guest speaks to configuration space: an address for port 0xcf8, then an access to 0xcfc or behind. */
  port(address: number, byte = 0): V86Port {
    this.cpu.devices.pci.pci_addr32[0] = address;
    const port = this.cpu.io.ports[0xcfc + byte];
    if (port === undefined) throw new RangeError(`There is no port behind ${byte}.`);
    return port;
  }
}

function fakeCpu({ ram, passedOn }: FakeMachine): V86Cpu {
  const pass = (what: string, at: number, value?: number) =>
    void passedOn.push({ what, at, ...(value === undefined ? {} : { value }) });
  const maps = {
    memory_map_read8: emptyMap<(address: number) => number>(),
    memory_map_write8: emptyMap<(address: number, value: number) => void>(),
    memory_map_read32: emptyMap<(address: number) => number>(),
    memory_map_write32: emptyMap<(address: number, value: number) => void>(),
  };
  const nothing = () => undefined;
  const ports: V86Port[] = [];
  for (let byte = 0; byte < 4; byte++) ports[0xcfc + byte] = fakePort(pass);
  return {
    main_loop: () => 0,
    run_hardware_timers: () => 0,
    codegen_finalize: nothing,
    codegen_finalize_finished: nothing,
    jit_dirty_cache: nothing,
    mmap_write16: (address, value) => pass('write16', address, value),
    mmap_write64: (address, low) => pass('write64', address, low),
    mmap_write128: (address, low) => pass('write128', address, low),
    get_apic_addr: () => 0,
    device_raise_irq: (interrupt) => pass('raise', interrupt),
    device_lower_irq: (interrupt) => pass('lower', interrupt),
    jit_imports: {},
    wm: { wasm_table: { set: nothing } },
    wasm_memory: { buffer: new ArrayBuffer(1 << 16) },
    mem8: ram,
    in_hlt: new Uint8Array(1),
    flags: new Int32Array(1),
    instruction_counter: new Uint32Array(1),
    previous_ip: new Int32Array(1),
    reg32: new Int32Array(8),
    ...maps,
    io: {
      ports,
      mmap_register(address, size, read8, write8, read32, write32) {
        for (let piece = address >>> 17; piece < (address + size) / 2 ** 17; piece++) {
          maps.memory_map_read8[piece] = read8;
          maps.memory_map_write8[piece] = write8;
          maps.memory_map_read32[piece] = read32;
          maps.memory_map_write32[piece] = write32;
        }
      },
    },
    devices: {
      pci: {
        pci_addr32: new Int32Array(1),
        isa_bridge_space8: new Uint8Array(256).fill(0x80),
        register_device: nothing,
      },
    },
  };
}

function emptyMap<T>(): (T | undefined)[] {
  return new Array<T | undefined>(PIECES).fill(undefined);
}

function fakePort(pass: (what: string, at: number) => void): V86Port {
  const read = (what: string) => (port: number) => {
    pass(what, port);
    return 0x55;
  };
  const write = (what: string) => (value: number) => pass(what, value);
  return {
    read8: read('in8'),
    read16: read('in16'),
    read32: read('in32'),
    write8: write('out8'),
    write16: write('out16'),
    write32: write('out32'),
    device: undefined,
  };
}
