import type { Tiling } from '../../gtt/tiling.ts';
import type { PixelFormat, YuvCoding } from './pixel-format.ts';

/** A plane as it is scanned out, whatever registers say so. */
export interface Plane {
  readonly name: string;
  /** Undefined where the format is not drawn; `formatName` says which it is. */
  readonly format: PixelFormat | undefined;
  readonly formatName: string;
  readonly tiling: Tiling;
  /** Graphics address of the surface. */
  readonly address: number;
  /** Bytes from row to row; with `rotation` 90 and 270 tiles from row to row of tiles. */
  readonly pitch: number;
  /** The part of the surface that is shown, in pixels as turned. */
  readonly source: Rectangle;
  /** Where on the screen. Of another size than the source where a scaler is at work. */
  readonly target: Rectangle;
  /** Degrees clockwise. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** `straight`: colours are to be multiplied by their alpha; `premultiplied`: they have been. */
  readonly alpha: 'opaque' | 'premultiplied' | 'straight';
  /** 0–255: of the plane as a whole. */
  readonly constantAlpha: number;
  /** The pipe's gamma applies. */
  readonly gamma: boolean;
  readonly yuv?: YuvLayout;
}

export interface YuvLayout extends YuvCoding {
  /** YUV422: which of the four bytes are Y0, U, Y1, V. */
  readonly order: readonly [number, number, number, number];
  /** NV12: bytes from the surface to its chroma plane, and the pitch of that. */
  readonly chroma: { readonly offset: number; readonly pitch: number };
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A plane, and what is to be said of how it is shown. */
export interface DecodedPlane {
  readonly plane: Plane;
  readonly remarks: readonly string[];
}
