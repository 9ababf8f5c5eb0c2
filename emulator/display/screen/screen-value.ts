/** What a pipe sends to its monitor at a moment: plain data. */
export interface ScreenValue {
  /** `A`, `B`, `C`. */
  readonly pipe: string;
  /** The pipe's source size; 0 by 0 where it is off. */
  readonly width: number;
  readonly height: number;
  /** Row after row from the top, 4 bytes a pixel: red, green, blue, 255. */
  readonly pixels: Uint8Array;
  /** Planes that are on, the undermost first. */
  readonly planes: readonly ScreenPlane[];
  /** Pixels of which the memory is unknown; they show a pattern. */
  readonly unknownPixels: number;
  /** Pixels at graphics addresses that map nothing; they show another pattern. */
  readonly unmappedPixels: number;
  /** What is not drawn as hardware would, and why, for people. */
  readonly remarks: readonly string[];
}

export interface ScreenPlane {
  /** `plane 1`, `cursor`, `primary`. */
  readonly name: string;
  /** `XRGB8888`, `NV12` … */
  readonly format: string;
  /** `linear`, `X`, `Y`, `Yf`. */
  readonly tiling: string;
  /** Graphics address of the surface. */
  readonly address: number;
  /** Of the surface, in whole tiles. */
  readonly bytes: number;
  /** Where it is on the screen; may reach beyond it. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Clockwise, in degrees. */
  readonly rotation: number;
}
