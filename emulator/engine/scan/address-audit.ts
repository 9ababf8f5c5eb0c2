import { type Core, hex } from '../../core.ts';
import { ownerOf } from '../../partition.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Largest surface that a command may name, in bytes (gvt-facts §2.1, §10.6). */
const MOST_BYTES = 36 * 2 ** 20;
const STATUS_PAGE_BYTES = 4096;

/** A GGTT address and all of its bytes must lie in one of the own slices (gvt-facts §10.6). */
export function auditAddress(core: Core, address: number, bytes: number): Refusal | undefined {
  const { partition } = core.config;
  if (bytes > MOST_BYTES) return refuse('fault', `${hex(bytes)} bytes are more than 36 MiB`);
  const owner = ownerOf(partition, address);
  if (owner !== 'not owned' && ownerOf(partition, address + bytes - 1) === owner) return undefined;
  const { mappableBase, mappableSize, hiddenBase, hiddenSize } = partition;
  return refuse(
    'fault',
    `ggtt ${hex(address)} with ${bytes} bytes is outside the own slice ` +
      `(${hex(mappableBase)}+${hex(mappableSize)}, ${hex(hiddenBase)}+${hex(hiddenSize)})`,
  );
}

/** In index mode the address is an offset in the status page. */
export function auditIndex(offset: number): Refusal | undefined {
  if (offset < STATUS_PAGE_BYTES) return undefined;
  return refuse('fault', `index ${hex(offset)} is behind the status page`);
}
