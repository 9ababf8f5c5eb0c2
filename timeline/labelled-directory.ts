import type { Label } from '../trace/index.ts';
import type { RegisterDirectory } from './register-directory.ts';

/** A device's tables for what is typed about a trace, which may have names of its own for numbers. */
export function withLabels(
  directory: RegisterDirectory,
  labels: readonly Label[],
): RegisterDirectory {
  if (labels.length === 0) return directory;
  const values = labels.map(({ name, value: { low, high } }): [string, bigint] => [
    name,
    (BigInt(high) << 32n) | BigInt(low),
  ]);
  return {
    ...(directory.foreign === true ? { foreign: true } : {}),
    at: (offset) => directory.at(offset),
    named: (name) => directory.named(name),
    names: () => directory.names(),
    afterWrite: (info, previous, written, mask) =>
      directory.afterWrite(info, previous, written, mask),
    labels: new Map(values),
  };
}
