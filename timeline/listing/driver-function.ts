/**
 * The driver's function that made an access, from its call stack (innermost first). Functions that every access
 * goes through say nothing about why it was made, and are passed over.
 */
export function driverFunction(stack: readonly string[]): string {
  const telling = stack.find((name) => !ACCESSORS.test(name)) ?? stack[0] ?? '';
  // The compiler's clones (`.isra.0`, `.constprop.0`, `.part.0`, `.cold`) are the same function to a reader.
  return telling.replace(/\.(isra|constprop|part|cold)(\.\d+)?/g, '');
}

/** i915's register accessors (intel_uncore.c): one per generation and size. */
const ACCESSORS = /^(vgpu|gen\d+|fwtable|raw|intel_uncore|__raw_uncore)_\w*(read|write)(8|16|32|64)?(_fw)?(_notrace)?$/;
