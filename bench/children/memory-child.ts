import { createVgpu } from '../../emulator/index.ts';
import { Playhead } from '../../timeline/replay/playhead.ts';
import { heldBytes } from '../held-bytes.ts';
import { openSample } from '../samples.ts';
import { configFor } from '../sessions.ts';
import { repeated } from '../synthetic-trace.ts';

// A process of its own, so that nothing else is counted. Arguments: a sample, and how many of its records, over and
// over where it has fewer. Prints one line of JSON; needs --expose-gc.
const [sample = '', length = '0'] = process.argv.slice(2);
const trace = await openSample(sample);
const config = configFor(trace);
const store = repeated(trace.store, Number(length));
// Register tables are made once in a process, whatever the number of vGPUs.
createVgpu(config);
const before = heldBytes();
const device = createVgpu(config);
const alone = heldBytes() - before;
const playhead = new Playhead(store, device);
playhead.advanceAll(store.length);
const held = heldBytes() - before;
const { count } = playhead.checkpoints;
console.log(JSON.stringify({ records: playhead.position, alone, held, count }));
