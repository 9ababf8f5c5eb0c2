import type { V86Cpu } from './internals.ts';

/** Dwords of the emulator's own record of the local APIC. */
const IRR = 16;
const TMR = 32;

/**
 * A message-signalled interrupt arrives at the local APIC: fixed delivery, edge-triggered, to the one processor there
 * is. The processor takes it when it next looks, which it does outside of instructions.
 */
export function deliverMsi(cpu: V86Cpu, data: number): void {
  const vector = data & 0xff;
  const registers = new Int32Array(cpu.wasm_memory.buffer, cpu.get_apic_addr(), TMR + 8);
  const word = vector >>> 5;
  const bit = 1 << (vector & 31);
  registers[IRR + word] = (registers[IRR + word] ?? 0) | bit;
  registers[TMR + word] = (registers[TMR + word] ?? 0) & ~bit;
}
