import { EngineGuest, SCRATCH, USER_BATCH } from '../../emulator/testing/engine-guest.ts';
import { walkDwords } from '../baselines/walk-dwords.ts';
import type { Bench } from '../figure.ts';
import { inTurns } from '../measure.ts';

const [LOW, HIGH] = [USER_BATCH % 2 ** 32, Math.floor(USER_BATCH / 2 ** 32)];
const START = [0x18800101, LOW, HIGH];
const END = 0x05000000;
/** State commands, as most of a driver's are, and one store in sixteen. */
const STATE = [0x78100007, 0, 0, 0, 0, 0, 0, 0, 0];
const COMMANDS = 96;
const BATCHES = 2000;

/** One batch that is submitted over and over: restore, commands, breadcrumb, save. */
export const enginesBench: Bench = {
  name: 'engines',
  summary: 'one batch that is submitted over and over',
  async run() {
    const commands = Array.from({ length: COMMANDS }, (_, index) =>
      index % 16 === 15 ? [0x10400002, SCRATCH + 0x40, 0, index] : STATE,
    );
    const dwords = commands.flat();
    const guest = new EngineGuest();
    guest.vgpu.setListener(undefined);
    guest.userBatch([...dwords, END]);
    const context = guest.context();
    guest.emit(context, [...START, 0]);
    const flat = Uint32Array.from(dwords);
    const time = await inTurns(
      {
        engine() {
          for (let batch = 0; batch < BATCHES; batch++) {
            // The ring's head goes back: the same commands again.
            guest.show(context.lrca + 0x1014, [0]);
            guest.submit(context);
            guest.vgpu.runWork();
          }
        },
        walk: () => walkDwords(flat, BATCHES),
      },
      3,
    );
    // In the ring MI_BATCH_BUFFER_START and MI_NOOP, behind the batch its end.
    const executed = (COMMANDS + 3) * BATCHES;
    const rate = executed / time.engine / 1000;
    return [
      {
        what: `commands executed, batches of ${COMMANDS} from PPGTT, with context switches`,
        measured: `${rate.toFixed(2)} million/s, ${((time.engine * 1e3) / BATCHES).toFixed(0)} µs a submission`,
        baseline: `each dword looked at once: ${(executed / time.walk / 1000).toFixed(0)} million/s`,
      },
    ];
  },
};
