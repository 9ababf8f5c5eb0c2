import { cpus, totalmem } from 'node:os';

/** What the figures were measured on, in a line. */
export function machine(): string {
  const all = cpus();
  const model = all[0]?.model.trim() ?? 'unknown processor';
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${model}, ${all.length} cores, ${gigabytes} GiB of memory, Node ${process.versions.node} on ${process.platform}`;
}

/** Today, as 2026-01-31. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
