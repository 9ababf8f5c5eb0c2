import type { Timing } from './cvt-timing.ts';

/** What an EDID tells of a monitor. */
export interface EdidSource {
  /** The preferred one. */
  readonly timing: Timing;
  /** Up to 13 characters of ASCII. */
  readonly name: string;
  readonly connection: 'hdmi' | 'dp';
}

const EDID_BYTES = 128;
const DESCRIPTORS = 54;
const DESCRIPTOR_BYTES = 18;
/** Three letters in 5 bits each. */
const VENDOR = 'VGT';
/** 8 bits a colour; DisplayPort, HDMI. */
const INPUT = { dp: 0xa5, hdmi: 0xa2 } as const;
/** Default colour space sRGB; the first timing is the monitor's own. */
const FEATURES = 0x06;
/** Gamma 2.2, times 100 less 100. */
const GAMMA = 0x78;
/** Chromaticities of sRGB. */
const SRGB = [0xee, 0x91, 0xa3, 0x54, 0x4c, 0x99, 0x26, 0x0f, 0x50, 0x54] as const;
const UNUSED_STANDARD_TIMING = 0x01;
/** 96 dots an inch, in tenths of a millimetre each. */
const DOT = 2.646;
const [NAME_TAG, DUMMY_TAG] = [0xfc, 0x10];
const NAME_LENGTH = 13;

/** Established timings of 60 Hz: byte and bit (VESA E-EDID 1.4, table 3.18). */
const ESTABLISHED = [
  { width: 640, height: 480, byte: 35, bit: 5 },
  { width: 800, height: 600, byte: 35, bit: 0 },
  { width: 1024, height: 768, byte: 36, bit: 3 },
] as const;

/** One block of EDID 1.4 (VESA E-EDID). Throws for a timing that no descriptor can hold. */
export function makeEdid({ timing, name, connection }: EdidSource): Uint8Array {
  const edid = new Uint8Array(EDID_BYTES);
  edid.set([0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0]);
  edid.set(vendorBytes(VENDOR), 8);
  // Product 1, no serial number, of 2024; EDID 1.4.
  edid.set([1, 0, 0, 0, 0, 0, 0, 2024 - 1990, 1, 4], 10);
  const [width, height] = [millimetres(timing.width), millimetres(timing.height)];
  edid.set([INPUT[connection], centimetres(width), centimetres(height), GAMMA, FEATURES], 20);
  edid.set(SRGB, 25);
  for (const row of ESTABLISHED) {
    if (row.width > timing.width || row.height > timing.height) continue;
    edid[row.byte] = (edid[row.byte] ?? 0) | (1 << row.bit);
  }
  edid.fill(UNUSED_STANDARD_TIMING, 38, DESCRIPTORS);
  edid.set(timingDescriptor(timing, width, height), DESCRIPTORS);
  edid.set(textDescriptor(NAME_TAG, name), DESCRIPTORS + DESCRIPTOR_BYTES);
  edid.set([0, 0, 0, DUMMY_TAG], DESCRIPTORS + 2 * DESCRIPTOR_BYTES);
  edid.set([0, 0, 0, DUMMY_TAG], DESCRIPTORS + 3 * DESCRIPTOR_BYTES);
  edid[EDID_BYTES - 1] = checksum(edid.subarray(0, EDID_BYTES - 1));
  return edid;
}

/** The byte that makes the sum of a block a multiple of 256. */
export function checksum(bytes: Uint8Array): number {
  return -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
}

function vendorBytes(letters: string): [number, number] {
  const [a = 0, b = 0, c = 0] = Array.from(letters, (letter) => letter.charCodeAt(0) - 64);
  const packed = (a << 10) | (b << 5) | c;
  return [packed >>> 8, packed & 0xff];
}

/** A detailed timing: twelve-bit counts, their low bytes first and the high bits together. */
function timingDescriptor(timing: Timing, widthMm: number, heightMm: number): number[] {
  const { width, height, horizontal: h, vertical: v, clockKhz } = timing;
  const clock = Math.round(clockKhz / 10);
  const fits =
    clock <= 0xffff &&
    within(0xfff, width, height, h.total, v.total, widthMm, heightMm) &&
    within(0x3ff, h.front, h.sync) &&
    within(0x3f, v.front, v.sync);
  if (!fits) throw new RangeError(`No EDID can describe ${width} by ${height} pixels.`);
  return [
    ...[clock & 0xff, clock >>> 8],
    ...[width & 0xff, h.total & 0xff, highNibbles(width, h.total)],
    ...[height & 0xff, v.total & 0xff, highNibbles(height, v.total)],
    ...[h.front & 0xff, h.sync & 0xff, ((v.front & 15) << 4) | (v.sync & 15)],
    ((h.front >>> 8) << 6) | ((h.sync >>> 8) << 4) | ((v.front >>> 4) << 2) | (v.sync >>> 4),
    ...[widthMm & 0xff, heightMm & 0xff, highNibbles(widthMm, heightMm)],
    ...[0, 0],
    // Digital separate syncs.
    0x18 | (timing.vsyncPositive ? 4 : 0) | (timing.hsyncPositive ? 2 : 0),
  ];
}

function within(most: number, ...values: number[]): boolean {
  return values.every((value) => value <= most);
}

function highNibbles(first: number, second: number): number {
  return ((first >>> 8) << 4) | (second >>> 8);
}

function textDescriptor(tag: number, text: string): number[] {
  const padded = `${text.slice(0, NAME_LENGTH)}\n`.padEnd(NAME_LENGTH, ' ').slice(0, NAME_LENGTH);
  return [0, 0, 0, tag, 0, ...Array.from(padded, (letter) => letter.charCodeAt(0) & 0x7f)];
}

function millimetres(pixels: number): number {
  return Math.round((pixels * DOT) / 10);
}

function centimetres(millimetre: number): number {
  return Math.min(255, Math.round(millimetre / 10));
}
