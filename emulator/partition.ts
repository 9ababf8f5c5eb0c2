/**
 * The slice of graphics memory that a vGPU owns (gvt-facts §4). Guests see the host's addresses; all values are
 * graphics addresses and sizes in bytes.
 */
export interface Partition {
  readonly mappableBase: number;
  readonly mappableSize: number;
  readonly hiddenBase: number;
  readonly hiddenSize: number;
  /** Fence registers owned, 0–16. */
  readonly fences: number;
}

const MIB = 0x100000;

/** Type `i915-GVTg_V5_4` behind the host's own 128 MiB of low and 384 MiB of high graphics memory (gvt-facts §4.1–4.2), 256 MiB aperture. */
export const DEFAULT_PARTITION: Partition = {
  mappableBase: 128 * MIB,
  mappableSize: 128 * MIB,
  hiddenBase: 640 * MIB,
  hiddenSize: 512 * MIB,
  fences: 4,
};

/** Who owns a graphics address. */
export type Owner = 'aperture' | 'hidden' | 'not owned';

export function ownerOf(partition: Partition, address: number): Owner {
  const { mappableBase, mappableSize, hiddenBase, hiddenSize } = partition;
  if (address >= mappableBase && address < mappableBase + mappableSize) return 'aperture';
  if (address >= hiddenBase && address < hiddenBase + hiddenSize) return 'hidden';
  return 'not owned';
}

/** Whether an address is in the slice, in either part. */
export function isOwned(partition: Partition, address: number): boolean {
  const { mappableBase, mappableSize, hiddenBase, hiddenSize } = partition;
  if (address >= mappableBase && address < mappableBase + mappableSize) return true;
  return address >= hiddenBase && address < hiddenBase + hiddenSize;
}

/** What is wrong with a slice, by the rules that a guest checks (gvt-facts §4.5); undefined if nothing is. */
export function partitionProblem(
  partition: Partition,
  apertureSize: number,
  graphicsSize: number,
): string | undefined {
  const { mappableBase, mappableSize, hiddenBase, hiddenSize, fences } = partition;
  const sizes = [mappableBase, mappableSize, hiddenBase, hiddenSize];
  if (sizes.some((n) => !Number.isInteger(n) || n < 0 || n % 4096 !== 0)) {
    return 'bases and sizes of a slice must be multiples of 4 KiB';
  }
  if (mappableBase + mappableSize > apertureSize) {
    return `the mappable part ends at 0x${(mappableBase + mappableSize).toString(16)}, behind the aperture`;
  }
  if (hiddenBase < apertureSize) return 'the hidden part starts inside the aperture';
  if (hiddenBase + hiddenSize > graphicsSize) return 'the hidden part ends behind the GGTT';
  if (fences < 0 || fences > 16) return 'a vGPU has 0 to 16 fences';
  return undefined;
}
