import type { Core } from '../../core.ts';
import { LINEAR, type Tiling, X_TILED, Y_TILED, YF_TILED } from '../../gtt/tiling.ts';
import { PIPE_STRIDE } from '../pipe.ts';
import { FORMATS, type PixelFormat } from './pixel-format.ts';
import type { DecodedPlane, Plane, YuvLayout } from './plane.ts';
import { planeScaler } from './scalers.ts';

/** Universal planes of Skylake and Kaby Lake (SKL PRM vol 12; i915_reg.h): registers of plane 1 of pipe A. */
const CTL = 0x70180;
const STRIDE = 0x70188;
const POS = 0x7018c;
const SIZE = 0x70190;
const KEYMSK = 0x70198;
const SURF = 0x7019c;
const KEYMAX = 0x701a0;
const OFFSET = 0x701a4;
const SURFLIVE = 0x701ac;
const AUX_DIST = 0x701c0;
const AUX_OFFSET = 0x701c4;
const PLANE_STEP = 0x100;

/** Universal planes of pipes A, B and C. */
const PLANES = [3, 3, 2] as const;
/** Planes of which a flip is followed by SURFLIVE (gvt-facts §9). */
const WITH_LIVE = 2;

const ENABLE = 0x80000000;

interface FormatRow {
  readonly name: string;
  /** By colour order, BGRX and RGBX; absent where it is not drawn. */
  readonly formats?: readonly [PixelFormat, PixelFormat];
}

/** PLANE_CTL bits 27:24. */
const FORMAT_ROWS: Readonly<Record<number, FormatRow>> = {
  0: { name: 'YUV422', formats: [FORMATS.YUV422, FORMATS.YUV422] },
  1: { name: 'NV12', formats: [FORMATS.NV12, FORMATS.NV12] },
  2: { name: 'XRGB2101010', formats: [FORMATS.XRGB2101010, FORMATS.XBGR2101010] },
  3: { name: 'P010' },
  4: { name: 'XRGB8888', formats: [FORMATS.XRGB8888, FORMATS.XBGR8888] },
  5: { name: 'P012' },
  6: { name: 'XRGB16161616F' },
  7: { name: 'P016' },
  8: { name: 'XYUV8888' },
  12: { name: 'C8', formats: [FORMATS.C8, FORMATS.C8] },
  14: { name: 'RGB565', formats: [FORMATS.RGB565, FORMATS.RGB565] },
};

/** Bits 12:10. */
const TILINGS: Readonly<Record<number, Tiling>> = {
  0: LINEAR,
  1: X_TILED,
  4: Y_TILED,
  5: YF_TILED,
};
const ROTATIONS = [0, 90, 180, 270] as const;
/** Bits 5:4. */
const ALPHAS: Readonly<Record<number, Plane['alpha']>> = { 2: 'premultiplied', 3: 'straight' };
/** Bits 17:16: which byte is Y0, U, Y1 and V. */
const YUV_ORDERS: readonly (readonly [number, number, number, number])[] = [
  [0, 1, 2, 3],
  [1, 0, 3, 2],
  [0, 3, 2, 1],
  [1, 2, 3, 0],
];

/** The planes of a pipe that are on, the undermost first. */
export function gen9Planes(core: Core, pipe: number): DecodedPlane[] {
  const planes: DecodedPlane[] = [];
  for (let plane = 1; plane <= (PLANES[pipe] ?? 0); plane++) {
    const at = pipe * PIPE_STRIDE + (plane - 1) * PLANE_STEP;
    if ((core.registers.get(CTL + at) & ENABLE) !== 0) planes.push(decode(core, pipe, plane, at));
  }
  return planes;
}

function decode(core: Core, pipe: number, number: number, at: number): DecodedPlane {
  const get = (register: number) => core.registers.get(register + at);
  const control = get(CTL);
  const row = FORMAT_ROWS[(control >>> 24) & 15] ?? { name: `format ${(control >>> 24) & 15}` };
  const alpha = ALPHAS[(control >>> 4) & 3] ?? 'opaque';
  const format = withAlpha(row.formats?.[(control >>> 20) & 1], alpha);
  const tiling = TILINGS[(control >>> 10) & 7];
  const rotation = ROTATIONS[control & 3] ?? 0;
  const size = { width: (get(SIZE) & 0x1fff) + 1, height: ((get(SIZE) >>> 16) & 0x1fff) + 1 };
  const stride = get(STRIDE) & 0xfff;
  const across = rotation === 90 || rotation === 270;
  const scaler = planeScaler(core, pipe, number);
  const name = `plane ${number}`;
  const plane: Plane = {
    name,
    format: tiling === undefined ? undefined : format,
    formatName: format?.name ?? row.name,
    tiling: tiling ?? LINEAR,
    address: (get(number <= WITH_LIVE ? SURFLIVE : SURF) & 0xfffff000) >>> 0,
    // Turned planes count it in tiles.
    pitch: across ? stride : stride * (tiling ?? LINEAR).tileWidth,
    source: { x: get(OFFSET) & 0x1fff, y: (get(OFFSET) >>> 16) & 0x1fff, ...size },
    target: scaler ?? { x: get(POS) & 0x1fff, y: (get(POS) >>> 16) & 0x1fff, ...size },
    rotation,
    alpha,
    constantAlpha: (get(KEYMSK) & ENABLE) !== 0 ? get(KEYMAX) >>> 24 : 255,
    gamma: ((control >>> 30) & 1) !== 0,
    yuv: yuvLayout(control, get(AUX_DIST), get(AUX_OFFSET), tiling ?? LINEAR),
  };
  return { plane, remarks: remarksOn(name, row, plane, control, tiling, scaler !== undefined) };
}

function withAlpha(
  format: PixelFormat | undefined,
  alpha: Plane['alpha'],
): PixelFormat | undefined {
  if (alpha === 'opaque') return format;
  if (format === FORMATS.XRGB8888) return FORMATS.ARGB8888;
  return format === FORMATS.XBGR8888 ? FORMATS.ABGR8888 : format;
}

function yuvLayout(control: number, distance: number, offset: number, tiling: Tiling): YuvLayout {
  const pitch = (distance & 0x3ff) * tiling.tileWidth;
  const [x, y] = [offset & 0xfff, (offset >>> 16) & 0xfff];
  return {
    bt709: ((control >>> 18) & 1) !== 0,
    fullRange: ((control >>> 28) & 1) !== 0,
    order: YUV_ORDERS[(control >>> 16) & 3] ?? [0, 1, 2, 3],
    chroma: { offset: (distance & 0xfffff000) + tiling.offset(x, y, pitch), pitch },
  };
}

/** What of a plane is not shown as hardware would. */
function remarksOn(
  name: string,
  row: FormatRow,
  plane: Plane,
  control: number,
  tiling: Tiling | undefined,
  scaled: boolean,
): string[] {
  const across = plane.rotation === 90 || plane.rotation === 270;
  const bit = (n: number) => ((control >>> n) & 1) !== 0;
  const cases: readonly (readonly [boolean, string])[] = [
    [row.formats === undefined, `format ${row.name} is not drawn`],
    [tiling === undefined, `tiling ${(control >>> 10) & 7} is not known`],
    [tiling === YF_TILED && plane.format?.bytes === 1, 'Yf tiles of 8-bit pixels are not modelled'],
    [across && tiling?.name !== 'Y' && tiling?.name !== 'Yf', 'only Y tiles can be turned by 90°'],
    [across && plane.format?.kind === 'nv12', 'the colours of a turned NV12 plane are wrong'],
    [bit(15), 'render compression is not undone'],
    [((control >>> 21) & 3) !== 0, 'colour keys are not applied'],
    [bit(23), 'the pipe’s colour space conversion is not applied'],
    [scaled, 'scaled without a filter'],
  ];
  return cases.flatMap(([applies, text]) => (applies ? [`${name}: ${text}`] : []));
}
