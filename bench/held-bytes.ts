/** Bytes that live objects and array buffers take. @throws Error in a process that was started without --expose-gc */
export function heldBytes(): number {
  if (globalThis.gc === undefined) throw new Error('start this process with --expose-gc');
  // Array buffers of dead views go with the second.
  for (let i = 0; i < 3; i++) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
