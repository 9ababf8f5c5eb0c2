import { ENGINE_BASES } from './engine-bases.ts';

/** A register whose answers depend on executing what was submitted. */
export interface ExecutionRegister {
  /** BAR0 offset of the dword. */
  readonly offset: number;
  readonly name: string;
  readonly reason: string;
  readonly source: string;
}

interface EngineRow {
  /** Relative to the engine's base. */
  readonly offset: number;
  readonly name: string;
  readonly reason: string;
  readonly source: string;
}

/** Registers that every engine has, and that show what it is doing. */
const ENGINE_ROWS: readonly EngineRow[] = [
  {
    offset: 0x34,
    name: 'RING_HEAD',
    reason: 'moves as commands are executed',
    source: 'gvt-facts §6.7',
  },
  {
    offset: 0x74,
    name: 'RING_ACTHD',
    reason: 'address of the command being executed',
    source: 'gvt-facts §6.2',
  },
  {
    offset: 0x3a0,
    name: 'RING_CONTEXT_STATUS_PTR',
    reason: 'moves with every context switch',
    source: 'gvt-facts §6.4',
  },
];

/** Interrupts that executing commands raises, and the master register that sums them up. */
const INTERRUPT_ROWS: readonly ExecutionRegister[] = [
  {
    offset: 0x44200,
    name: 'GEN8_MASTER_IRQ',
    reason: 'sums up the engines’ interrupts',
    source: 'gvt-facts §7.1',
  },
  {
    offset: 0x44308,
    name: 'GT0_IIR',
    reason: 'context switches of RCS0 and BCS0',
    source: 'gvt-facts §7.2',
  },
  {
    offset: 0x44318,
    name: 'GT1_IIR',
    reason: 'context switches of VCS0 and VCS1',
    source: 'gvt-facts §7.2',
  },
  {
    offset: 0x44338,
    name: 'GT3_IIR',
    reason: 'context switches of VECS0',
    source: 'gvt-facts §7.2',
  },
];

/**
 * The fixed list of registers that are answered from the recording once the driver has submitted work, because
 * submissions are taken but not executed.
 */
export const EXECUTION_REGISTERS: readonly ExecutionRegister[] = [
  ...ENGINE_BASES.flatMap((base) =>
    ENGINE_ROWS.map((row) => ({ ...row, offset: base + row.offset })),
  ),
  ...INTERRUPT_ROWS,
];
