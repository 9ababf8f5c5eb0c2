/** Milliseconds of work that the share of a core is measured with. */
const WORK = 100;

/** How many times longer work takes just now than on a machine that does nothing else: time passed per time worked. */
export function slowdown(): number {
  const start = performance.now();
  const before = process.cpuUsage();
  let worked = 0;
  while (worked < WORK) {
    const { user, system } = process.cpuUsage(before);
    worked = (user + system) / 1000;
  }
  return Math.max(1, (performance.now() - start) / worked);
}
