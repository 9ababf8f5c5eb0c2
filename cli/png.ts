import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** 8 bits a component; red, green and blue. */
const DEPTH = 8;
const COLOUR_TYPE_RGB = 2;

/** A PNG file (ISO 15948) of `pixels`: red, green, blue and one more byte each, rows from the top. */
export function encodePng(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([DEPTH, COLOUR_TYPE_RGB], 8);
  return Buffer.concat([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanLines(width, height, pixels))),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Each row behind the number of its filter, 0 for none: screens have large areas of one colour. */
function scanLines(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const lines = new Uint8Array(height * (1 + width * 3));
  let to = 0;
  for (let row = 0; row < height; row++) {
    to++;
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 4;
      lines[to++] = pixels[from] ?? 0;
      lines[to++] = pixels[from + 1] ?? 0;
      lines[to++] = pixels[from + 2] ?? 0;
    }
  }
  return lines;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
