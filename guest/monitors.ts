import type { Monitor } from '../emulator/index.ts';

/** What a guest's monitor says of itself, whatever it is connected by: a monitor of 1024x768 at 60 Hz, named vGPU. */
const EDID =
  '00ffffffffffff0059a9010001000000011e0103802219780aee91a3544c9926' +
  '0f50540008000101010101010101010101010101010164190040410026301888' +
  '3600540e11000018000000fc00764750550a2020202020202020000000100000' +
  '0000000000000000000000000000001000000000000000000000000000000019';

/** On port B, where Intel's desktop boards have it. */
export const HDMI_MONITOR: Monitor = { connection: 'hdmi', port: 'B', edid: bytesOf(EDID) };

/** On port D, where GVT-g has its virtual monitors on Skylake; the EDID comes over the AUX channel. */
export const DP_MONITOR: Monitor = { connection: 'dp', port: 'D', edid: bytesOf(EDID) };

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
