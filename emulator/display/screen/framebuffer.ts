import { TILE_BYTES } from '../../gtt/tiling.ts';
import { ownerOf, type Partition } from '../../partition.ts';
import type { Plane } from './plane.ts';

/**
 * Bytes of the surface that a plane shows, as GVT-g hands it to a host's display (gvt-facts §9): the stride times
 * the height, rounded up to whole tiles.
 */
export function framebufferBytes({ tiling, pitch, source, rotation, format }: Plane): number {
  if (rotation === 90 || rotation === 270) {
    const tilePixels = tiling.tileWidth / (format?.bytes ?? 4);
    return Math.ceil(source.height / tilePixels) * pitch * TILE_BYTES;
  }
  return pitch * Math.ceil(source.height / tiling.tileHeight) * tiling.tileHeight;
}

/** Whether all of it lies in the vGPU's own graphics memory; a display of the host could not show it otherwise. */
export function isOwned(partition: Partition, plane: Plane): boolean {
  const owner = ownerOf(partition, plane.address);
  const last = plane.address + framebufferBytes(plane) - 1;
  return owner !== 'not owned' && ownerOf(partition, last) === owner;
}
