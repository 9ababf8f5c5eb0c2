/**
 * Parts of a migration image, by the numbers of the 2019 proposal (gvt-facts §12.5). The last two are the model's own:
 * the proposal lacks what they hold.
 */
export const REGION = {
  header: 1,
  config: 2,
  registers: 3,
  shadowRegisters: 4,
  ggtt: 5,
  ppgtt: 6,
  workload: 7,
  execlist: 8,
  /** Entries outside the own slice, which only a guest in failsafe mode has (§2.4): index, low, high. */
  otherEntries: 0x100,
  /** All state besides registers, GGTT and guest memory. */
  state: 0x101,
} as const;

export interface Region {
  readonly type: number;
  readonly bytes: Uint8Array;
}

export const IMAGE_VERSION = 0;
/** A larger image is refused. */
export const LARGEST_IMAGE = 9 * 0x100000;
/** Version, data size, place of a checksum, and 64 spare words, 8 bytes each. */
const HEADER_SIZE = (3 + 64) * 8;
const REGION_HEADER = 8;

/** Regions one behind the other, each behind its type and size; the header first. */
export function packImage(regions: readonly Region[]): Uint8Array {
  const header = new Uint8Array(HEADER_SIZE);
  const size = sizeOf(regions);
  const view = new DataView(header.buffer);
  view.setUint32(0, IMAGE_VERSION, true);
  view.setUint32(8, size, true);
  return packRegions([{ type: REGION.header, bytes: header }, ...regions]);
}

function sizeOf(regions: readonly Region[]): number {
  return regions.reduce((sum, { bytes }) => sum + REGION_HEADER + bytes.length, 0);
}

export function packRegions(regions: readonly Region[]): Uint8Array {
  const image = new Uint8Array(sizeOf(regions));
  const target = new DataView(image.buffer);
  let at = 0;
  for (const { type, bytes } of regions) {
    target.setUint32(at, type, true);
    target.setUint32(at + 4, bytes.length, true);
    image.set(bytes, at + REGION_HEADER);
    at += REGION_HEADER + bytes.length;
  }
  return image;
}

/** The regions behind the header, or what is wrong with the image. */
export function unpackImage(image: Uint8Array): readonly Region[] | string {
  if (image.length > LARGEST_IMAGE) return 'The image is larger than 9 MiB.';
  const regions = regionsIn(image);
  if (typeof regions === 'string') return regions;
  const [header, ...rest] = regions;
  if (header?.type !== REGION.header || header.bytes.length !== HEADER_SIZE) {
    return 'The image does not begin with a header.';
  }
  const words = new DataView(header.bytes.buffer, header.bytes.byteOffset);
  const version = words.getUint32(0, true);
  if (version !== IMAGE_VERSION) return `The image has version ${version}; known is 0.`;
  if (words.getUint32(8, true) !== image.length - REGION_HEADER - HEADER_SIZE) {
    return 'The image has another size than its header says.';
  }
  return rest;
}

/** Regions one behind the other, or what is wrong with them. */
export function regionsIn(bytes: Uint8Array): readonly Region[] | string {
  // Of Node's buffers `slice` would not copy, and regions are read as words of their own.
  const image = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const view = new DataView(image.buffer, image.byteOffset, image.length);
  const regions: Region[] = [];
  let at = 0;
  while (at < image.length) {
    if (at + REGION_HEADER > image.length) return 'The image ends within the head of a region.';
    const type = view.getUint32(at, true);
    const size = view.getUint32(at + 4, true);
    at += REGION_HEADER;
    if (at + size > image.length) return `Region ${type} ends behind the image.`;
    if (size % 4 !== 0) return `Region ${type} has ${size} bytes, which are no whole dwords.`;
    regions.push({ type, bytes: image.slice(at, at + size) });
    at += size;
  }
  return regions;
}

export function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.slice().buffer);
}

export function bytesOf(words: Uint32Array | readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(words).buffer);
}
