/**
 * Formats of pixels in memory, by the names of DRM: the first letter stands for the highest bits of the
 * little-endian pixel. Colours here are one 32-bit number, red in bits 7:0, green, blue, alpha in bits 31:24.
 */
export interface PixelFormat {
  readonly name: string;
  /** Bytes a pixel. */
  readonly bytes: 1 | 2 | 4;
  /** `yuv422`: two pixels share their colour; `nv12`: four do, in a plane of their own; `indexed`: the palette's. */
  readonly kind: 'direct' | 'indexed' | 'yuv422' | 'nv12';
  /** The colour of a pixel's value; alpha is 255 where the format has none. */
  readonly colour: (value: number) => number;
}

/** Packs 8-bit components. */
export function packed(red: number, green: number, blue: number, alpha = 255): number {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

const swapped = (value: number): number =>
  ((value & 0xff00ff00) | ((value & 0xff) << 16) | ((value >>> 16) & 0xff)) >>> 0;

const five = (bits: number): number => (bits << 3) | (bits >>> 2);
const six = (bits: number): number => (bits << 2) | (bits >>> 4);
const none = (): number => 0;

export const FORMATS = {
  XRGB8888: {
    name: 'XRGB8888',
    bytes: 4,
    kind: 'direct',
    colour: (value) => (swapped(value) | 0xff000000) >>> 0,
  },
  XBGR8888: {
    name: 'XBGR8888',
    bytes: 4,
    kind: 'direct',
    colour: (value) => (value | 0xff000000) >>> 0,
  },
  ARGB8888: { name: 'ARGB8888', bytes: 4, kind: 'direct', colour: swapped },
  ABGR8888: { name: 'ABGR8888', bytes: 4, kind: 'direct', colour: (value) => value },
  RGB565: {
    name: 'RGB565',
    bytes: 2,
    kind: 'direct',
    colour: (value) => packed(five(value >>> 11), six((value >>> 5) & 63), five(value & 31)),
  },
  XRGB2101010: {
    name: 'XRGB2101010',
    bytes: 4,
    kind: 'direct',
    colour: (value) => packed((value >>> 22) & 0xff, (value >>> 12) & 0xff, (value >>> 2) & 0xff),
  },
  XBGR2101010: {
    name: 'XBGR2101010',
    bytes: 4,
    kind: 'direct',
    colour: (value) => packed((value >>> 2) & 0xff, (value >>> 12) & 0xff, (value >>> 22) & 0xff),
  },
  C8: { name: 'C8', bytes: 1, kind: 'indexed', colour: none },
  YUV422: { name: 'YUV422', bytes: 2, kind: 'yuv422', colour: none },
  NV12: { name: 'NV12', bytes: 1, kind: 'nv12', colour: none },
} as const satisfies Readonly<Record<string, PixelFormat>>;

/** How YUV becomes RGB. */
export interface YuvCoding {
  readonly bt709: boolean;
  /** Components use all of 0 to 255; else 16 to 235 and 240. */
  readonly fullRange: boolean;
}

export function yuvColour(y: number, u: number, v: number, coding: YuvCoding): number {
  const scale = coding.fullRange ? 1 : 255 / 219;
  const chroma = coding.fullRange ? 1 : 255 / 224;
  const luma = (coding.fullRange ? y : y - 16) * scale;
  const [cb, cr] = [(u - 128) * chroma, (v - 128) * chroma];
  // ITU-R BT.601 and BT.709: weights of red and blue.
  const [red, blue] = coding.bt709 ? [0.2126, 0.0722] : [0.299, 0.114];
  const green = 1 - red - blue;
  const r = luma + 2 * (1 - red) * cr;
  const b = luma + 2 * (1 - blue) * cb;
  const g = (luma - red * r - blue * b) / green;
  return packed(clamp(r), clamp(g), clamp(b));
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
