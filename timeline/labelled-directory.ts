import { type CapabilityPlace, configInfos } from '../emulator/index.ts';
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
  return changed(directory, { labels: new Map(values) });
}

/** The tables of a device whose configuration space is known: its capabilities are where their list has them. */
export function withCapabilities(
  directory: RegisterDirectory,
  places: readonly CapabilityPlace[] | undefined,
): RegisterDirectory {
  const { config: known, foreign } = directory;
  if (places === undefined || known === undefined || foreign) return directory;
  return changed(directory, { config: configInfos(places) });
}

function changed(
  directory: RegisterDirectory,
  { labels = directory.labels, config = directory.config }: Partial<RegisterDirectory>,
): RegisterDirectory {
  return {
    ...(directory.foreign === true ? { foreign: true } : {}),
    ...(config === undefined ? {} : { config }),
    ...(labels === undefined ? {} : { labels }),
    at: (offset) => directory.at(offset),
    named: (name) => directory.named(name),
    names: () => directory.names(),
    afterWrite: (info, previous, written, mask) =>
      directory.afterWrite(info, previous, written, mask),
  };
}
