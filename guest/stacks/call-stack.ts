/** What of the processor a call stack is read from. */
export interface Processor {
  /** Linear address of the instruction that is being executed. */
  readonly instruction: number;
  /** EBP. */
  readonly frame: number;
  /** RAM in dwords. */
  readonly ramWords: Uint32Array;
}

/** Where 32-bit Linux has RAM in its address space, in order (PAGE_OFFSET), and code of its own from. */
const KERNEL = 0xc0000000;
const DEEPEST = 24;
/** Bytes of a kernel stack: the frames of one call lie in it (THREAD_SIZE). */
const STACK = 8192;

/**
 * Addresses of code in the functions that are being executed, innermost first, by the chain of frame pointers with
 * which Debian's 32-bit kernels are built. Empty where a program is executed, not the kernel.
 */
export function callStack({ instruction, frame, ramWords }: Processor): number[] {
  if (instruction < KERNEL) return [];
  const addresses = [instruction];
  let at = frame;
  while (addresses.length < DEEPEST) {
    const word = (at - KERNEL) / 4;
    if (at < KERNEL || !Number.isInteger(word) || word + 1 >= ramWords.length) break;
    const caller = ramWords[word + 1] ?? 0;
    if (caller < KERNEL) break;
    addresses.push(caller);
    const next = ramWords[word] ?? 0;
    // Frames of callers lie above.
    if (next <= at || next - at > STACK) break;
    at = next;
  }
  return addresses;
}
