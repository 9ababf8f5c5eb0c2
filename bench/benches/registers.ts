import { createVgpu, defaultConfig } from '../../emulator/index.ts';
import type { Bench } from '../figure.ts';
import { inTurns } from '../measure.ts';

const ACCESSES = 10_000_000;

/** Plain register accesses by a guest, a write and a read in turn, without a trace or a listener. */
export const registersBench: Bench = {
  name: 'registers',
  summary: 'register accesses without a trace or a listener',
  async run() {
    const device = createVgpu(defaultConfig());
    const bare = new Uint32Array(0x80000);
    const time = await inTurns(
      {
        device() {
          for (let i = 0; i < ACCESSES / 2; i++) {
            device.write('mmio', PLAIN_REGISTER, 4, i, 0);
            if (device.read('mmio', PLAIN_REGISTER, 4).low !== i) throw new Error(WRONG);
          }
        },
        bare() {
          for (let i = 0; i < ACCESSES / 2; i++) {
            bare[PLAIN_REGISTER >>> 2] = i;
            if (bare[PLAIN_REGISTER >>> 2] !== i) throw new Error(WRONG);
          }
        },
      },
      3,
    );
    const rate = ACCESSES / time.device / 1000;
    return [
      {
        what: 'plain register accesses by a guest (RCS0.HWSTAM, write and read in turn)',
        measured: `${rate.toFixed(1)} million/s`,
        baseline: `the same on a typed array: ${(ACCESSES / time.bare / 1000).toFixed(0)} million/s`,
        target: '≥ 10 million/s',
        met: rate >= 10,
      },
    ];
  },
};

/** RCS0's HWSTAM: every bit can be written, and nothing happens. */
const PLAIN_REGISTER = 0x2098;
const WRONG = 'the register does not hold what was written: it is no plain one';
