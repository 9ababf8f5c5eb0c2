/**
 * The driver's function that made an access, from its call stack (innermost first). Functions that every access
 * goes through say nothing about why it was made, and are passed over.
 */
export function driverFunction(stack: readonly string[]): string {
  return nameOf(stack.find((name) => !ACCESSORS.test(name)) ?? stack[0] ?? '');
}

/** The innermost function that made all the accesses of a run, judged by some of their call stacks. */
export function commonDriverFunction(stacks: readonly (readonly string[])[]): string {
  const [first = [], ...others] = stacks;
  const rest = others.map((stack) => new Set(stack));
  const common = first.filter((name) => rest.every((names) => names.has(name)));
  return driverFunction(common.length > 0 ? common : first);
}

function nameOf(name: string): string {
  // The compiler's clones (`.isra.0`, `.constprop.0`, `.part.0`, `.cold`) are the same function to a reader.
  return name.replace(/\.(isra|constprop|part|cold)(\.\d+)?/g, '');
}

/** i915's register accessors (intel_uncore.c): one per generation and size. */
const ACCESSORS =
  /^(vgpu|gen\d+|fwtable|__raw_uncore|intel_uncore)_(fwtable_|posting_)*(read|write)(8|16|32|64)?(_fw)?(_notrace)?$/;
