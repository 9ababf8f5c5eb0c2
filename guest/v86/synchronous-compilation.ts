import type { V86Cpu } from './internals.ts';

interface Pending {
  readonly code: Uint8Array<ArrayBuffer>;
  readonly index: number;
  readonly start: number;
  readonly flags: number;
}

/**
 * The emulator translates hot code to WebAssembly and has it compiled in the background, so that it is the host that
 * decides when it comes into use. Here it is compiled at once, when the function that is returned is called: at a
 * moment of the guest's own time, outside of instructions.
 */
export function makeCompilationSynchronous(cpu: V86Cpu): () => void {
  let pending: Pending[] = [];
  cpu.codegen_finalize = (index, start, flags, at, length) => {
    const code = new Uint8Array(cpu.wasm_memory.buffer, at >>> 0, length >>> 0).slice();
    pending.push({ code, index, start, flags });
  };
  return () => {
    if (pending.length === 0) return;
    const ready = pending;
    pending = [];
    for (const { code, index, start, flags } of ready) {
      const module = new WebAssembly.Module(code);
      const { exports } = new WebAssembly.Instance(module, { e: cpu.jit_imports });
      cpu.wm.wasm_table.set(index + TABLE_OFFSET, exports['f']);
      cpu.codegen_finalize_finished(index, start, flags);
    }
  };
}

/** Where the emulator's table has the functions that it made itself. */
const TABLE_OFFSET = 1024;
