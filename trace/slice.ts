import type { PartitionDescription } from './device-description.ts';

/** How a vGPU's slice of graphics memory is written in a `.vgpu` header, and where people say it of a log. */
export const SLICE_PATTERN =
  '^mappable=[0-9a-fA-F]{1,8}\\+[0-9a-fA-F]{1,8} hidden=[0-9a-fA-F]{1,8}\\+[0-9a-fA-F]{1,8} fences=[0-9]{1,2}$';

const NUMBER = /[0-9a-fA-F]+(?=[+ ]|$)/g;

/**
 * `mappable=8000000+4000000 hidden=40000000+18000000 fences=4`: base and size in bytes, hexadecimal, and a decimal
 * number. Undefined for other text. Whether a vGPU can have such a slice is not asked here.
 */
export function parseSlice(text: string): PartitionDescription | undefined {
  const line = text.trim().replace(/[ \t]+/g, ' ');
  if (!new RegExp(SLICE_PATTERN, 'i').test(line)) return undefined;
  const [mappableBase, mappableSize, hiddenBase, hiddenSize] = (line.match(NUMBER) ?? []).map(
    (digits) => Number.parseInt(digits, 16),
  );
  const fences = Number(line.slice(line.lastIndexOf('=') + 1));
  if (mappableBase === undefined || mappableSize === undefined) return undefined;
  if (hiddenBase === undefined || hiddenSize === undefined) return undefined;
  return { mappableBase, mappableSize, hiddenBase, hiddenSize, fences };
}

export function sliceText(slice: PartitionDescription): string {
  const { mappableBase, mappableSize, hiddenBase, hiddenSize, fences } = slice;
  const range = (base: number, size: number) => `${hex(base)}+${hex(size)}`;
  return `mappable=${range(mappableBase, mappableSize)} hidden=${range(hiddenBase, hiddenSize)} fences=${fences}`;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
