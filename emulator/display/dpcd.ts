/** DisplayPort configuration data of the virtual monitor (gvt-facts §8, AUX channel). */

export const DPCD_SIZE = 0x700;

const TRAINING_PATTERN_SET = 0x102;
const SINK_COUNT = 0x200;
const LANE0_1_STATUS = 0x202;
const LANE2_3_STATUS = 0x203;
const LANE_ALIGN_STATUS = 0x204;
const SINK_STATUS = 0x205;

/** Both lanes of a status byte. */
const CLOCK_RECOVERED = 0x11;
const EQUALISED_AND_LOCKED = 0x66;
const LANES_ALIGNED = 0x01;
const SINK_IN_SYNC = 0x03;

export function dpcdAtPowerOn(): Uint8Array {
  const dpcd = new Uint8Array(DPCD_SIZE);
  // Revision 1.2; 5.4 Gb/s; four lanes and enhanced framing.
  dpcd.set([0x12, 0x14, 0x84], 0);
  dpcd[SINK_COUNT] = 1;
  return dpcd;
}

/** Writes one byte. Link training always succeeds: each pattern sets what the source waits for. */
export function writeDpcd(dpcd: Uint8Array, address: number, value: number): void {
  dpcd[address] = value;
  if (address === TRAINING_PATTERN_SET) train(dpcd, value & 3);
}

function train(dpcd: Uint8Array, pattern: number): void {
  if (pattern === 0) dpcd[SINK_STATUS] = SINK_IN_SYNC;
  if (pattern === 1) setLanes(dpcd, CLOCK_RECOVERED);
  if (pattern === 2) {
    setLanes(dpcd, EQUALISED_AND_LOCKED);
    dpcd[LANE_ALIGN_STATUS] = (dpcd[LANE_ALIGN_STATUS] ?? 0) | LANES_ALIGNED;
  }
}

function setLanes(dpcd: Uint8Array, bits: number): void {
  for (const address of [LANE0_1_STATUS, LANE2_3_STATUS]) {
    dpcd[address] = (dpcd[address] ?? 0) | bits;
  }
}
