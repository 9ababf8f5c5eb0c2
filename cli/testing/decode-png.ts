import { inflateSync } from 'node:zlib';

export interface Png {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue. */
  readonly pixels: Uint8Array;
}

/** Reads PNG files of 8-bit RGB without interlacing, of any filter. */
export function decodePng(file: Uint8Array): Png {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const data: Uint8Array[] = [];
  for (let at = 8; at < file.length; at += view.getUint32(at) + 12) {
    const type = Buffer.from(file.subarray(at + 4, at + 8)).toString('latin1');
    if (type === 'IDAT') data.push(file.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const lines = inflateSync(Buffer.concat(data));
  const stride = width * 3;
  const pixels = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = lines[row * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i++) {
      const left = i < 3 ? 0 : (pixels[row * stride + i - 3] ?? 0);
      const up = row === 0 ? 0 : (pixels[(row - 1) * stride + i] ?? 0);
      const corner = row === 0 || i < 3 ? 0 : (pixels[(row - 1) * stride + i - 3] ?? 0);
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      pixels[row * stride + i] = (lines[row * (stride + 1) + 1 + i] ?? 0) + predicted;
    }
  }
  return { width, height, pixels };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((each) => Math.abs(guess - each));
  if (a === undefined || b === undefined || c === undefined) return 0;
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
