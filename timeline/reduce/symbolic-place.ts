import {
  graphicsAddressOf,
  hex,
  isInGgtt,
  PTE_BYTES,
  REGISTER_BYTES,
  type RegisterDirectory,
} from '../register-directory.ts';

/** A BAR0 offset as scenarios write it: `RCS0.RING_TAIL`, `GPIO_CTL+12`, `ggtt[0x4000000]+4`; else undefined. */
export function symbolicPlace(offset: number, directory: RegisterDirectory): string | undefined {
  if (isInGgtt(offset)) {
    const rest = offset % PTE_BYTES;
    return `ggtt[${hex(graphicsAddressOf(offset))}]${rest === 0 ? '' : `+${rest}`}`;
  }
  const info = offset < REGISTER_BYTES ? directory.at(offset) : undefined;
  if (info === undefined || !/^[A-Za-z_][\w.]*$/.test(info.name)) return undefined;
  return offset === info.offset ? info.name : `${info.name}+${offset - info.offset}`;
}
