import {
  CommandDecoder,
  type CommandEvent,
  type CommandMemory,
  type DeviceModel,
  type FieldCatalog,
} from '../../emulator/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import { Replayer } from '../replay/replayer.ts';
import type { CancellationToken } from '../session.ts';
import type { DecodeListener } from './decode-listener.ts';

export interface ReplayedOptions {
  readonly store: TraceStore;
  /** At power-on. */
  readonly device: DeviceModel;
  /** Memory as an engine sees it at present. */
  readonly memoryOf: (engine: string) => CommandMemory;
  readonly catalog: FieldCatalog;
  readonly listener: DecodeListener;
  /** Called between slices of the work; may let others run. */
  readonly progress?: (fraction: number) => Promise<void> | void;
}

const SLICE = 20_000;
const DEPTHS: Readonly<Record<CommandEvent['level'], number>> = {
  ring: 0,
  batch: 1,
  'second-level batch': 2,
  'indirect context': 1,
  'per-context batch': 1,
};

/**
 * Replays a recording and decodes each command that an engine executes, with memory as it is then. Returns how many
 * there were.
 */
export async function decodeReplay(
  options: ReplayedOptions,
  token: CancellationToken,
): Promise<number> {
  const { store, device, progress } = options;
  const replayer = new Replayer(store, device, 'ignore');
  const commands = new ReplayedCommands(options, replayer);
  device.setListener({ command: (event) => commands.executed(event) });
  try {
    while (replayer.position < store.length && !token.cancelled) {
      replayer.advance(replayer.position + SLICE);
      await progress?.(replayer.position / store.length);
    }
  } finally {
    device.setListener(undefined);
  }
  return commands.count;
}

class ReplayedCommands {
  readonly #options: ReplayedOptions;
  readonly #replayer: Replayer;
  readonly #decoders = new Map<string, CommandDecoder>();
  /** Commands so far. */
  count = 0;
  #engine = '';
  #record = -1;

  constructor(options: ReplayedOptions, replayer: Replayer) {
    this.#options = options;
    this.#replayer = replayer;
  }

  executed({ engine, space, address, level, dwords }: CommandEvent): void {
    this.count++;
    const { listener } = this.#options;
    const record = this.#replayer.position;
    if (engine !== this.#engine || record !== this.#record) {
      this.#engine = engine;
      this.#record = record;
      listener.run({ title: `${engine} at record ${record}`, engine, record });
    }
    const decoder = this.#decoderOf(engine);
    const place = { space, address, engine };
    const isRing = level === 'ring';
    const tree = decoder.decode(dwords, isRing ? { ...place, state: 'ppgtt' } : place);
    listener.command(tree, DEPTHS[level]);
  }

  #decoderOf(engine: string): CommandDecoder {
    const known = this.#decoders.get(engine);
    if (known !== undefined) return known;
    const { catalog, memoryOf } = this.#options;
    const decoder = new CommandDecoder(catalog, memoryOf(engine));
    this.#decoders.set(engine, decoder);
    return decoder;
  }
}
