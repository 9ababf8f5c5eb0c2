import type { Monitor } from '../emulator/index.ts';

/** A monitor of 1024x768 at 60 Hz, named vGPU. */
const EDID =
  '00ffffffffffff0059a9010001000000011e0103802219780aee91a3544c9926' +
  '0f50540008000101010101010101010101010101010164190040410026301888' +
  '3600540e11000018000000fc00764750550a2020202020202020000000100000' +
  '0000000000000000000000000000001000000000000000000000000000000019';

/** On port B, where Intel's desktop boards have it. */
export const HDMI_MONITOR: Monitor = {
  connection: 'hdmi',
  port: 'B',
  edid: Uint8Array.from(EDID.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
};
