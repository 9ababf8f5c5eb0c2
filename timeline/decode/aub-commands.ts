import {
  CommandDecoder,
  type FieldCatalog,
  fieldCatalog,
  noBases,
  walkCommands,
} from '../../emulator/index.ts';
import type { AubDevice, AubListener, AubMemory, AubSubmission } from '../../trace/index.ts';
import { hex } from '../register-directory.ts';
import { AubCommandMemory, type PageTables } from './aub-command-memory.ts';
import type { DecodeListener } from './decode-listener.ts';

/** The register state in a context's image stands behind its first page (gvt-facts §8). */
const STATE_BYTES = 4096;
/** Dwords of it: values behind the registers that they are of. */
const HEAD = 5;
const TAIL = 7;
const START = 9;
const CONTROL = 11;
const ROOT_HIGH = 49;
/** Bits of registers. */
const RING_ADDRESS = 0x1ffffc;
const RING_PAGES = 0x1ff000;
/** Addressing mode in a context descriptor: four levels of tables. */
const FOUR_LEVELS = 3;

/** Decodes what an AUB file submits, each ring from head to tail with its batches. */
export class AubCommands implements AubListener {
  readonly #listener: DecodeListener;
  readonly #bases = noBases();
  #catalog: FieldCatalog | undefined;
  #device: AubDevice | undefined;

  constructor(listener: DecodeListener) {
    this.#listener = listener;
  }

  /** Why the file's commands cannot be decoded, in words that go behind a colon; undefined where they can. */
  get problem(): string | undefined {
    if (this.#device === undefined || this.#catalog !== undefined) return undefined;
    const { deviceId } = this.#device;
    const device = deviceId === undefined ? 'a device it does not name' : `device ${hex(deviceId)}`;
    return `the file is for ${device}, and only commands of Gen8 and Gen9 are known`;
  }

  device(device: AubDevice): void {
    this.#device = device;
    const { platform } = device;
    this.#catalog = platform === undefined ? undefined : fieldCatalog(platform);
  }

  submitted({ engine, descriptor, memory }: AubSubmission): void {
    if (this.#catalog === undefined) return;
    const image = ((descriptor & 0xfffff000) >>> 0) + STATE_BYTES;
    const read = (dword: number) => ggttDword(memory, image + dword * 4);
    const [head, tail, start, control] = [HEAD, TAIL, START, CONTROL].map(read);
    const title = `${engine} ring`;
    if (head === undefined || tail === undefined || start === undefined || control === undefined) {
      this.#listener.run({ engine, title });
      this.#listener.note(`the context's image at ggtt ${hex(image)} is not known`, 0);
      return;
    }
    this.#listener.run({ engine, title: `${title} at ${hex(start, 8)}` });
    const tables = tablesOf(descriptor, read);
    const view = new AubCommandMemory(memory, tables);
    const size = (control & RING_PAGES) + 0x1000;
    walkCommands(
      new CommandDecoder(this.#catalog, view, this.#bases),
      {
        engine,
        space: 'ggtt',
        state: 'ppgtt',
        address: start + (head & RING_ADDRESS),
        end: start + ((tail & RING_ADDRESS) % size),
        ring: { start, size },
      },
      this.#listener,
    );
  }
}

function tablesOf(descriptor: number, read: (dword: number) => number | undefined): PageTables {
  const pair = (high: number) =>
    ((read(high) ?? 0) & 0xffff) * 2 ** 32 + (((read(high + 2) ?? 0) & 0xfffff000) >>> 0);
  if (((descriptor >>> 3) & 3) === FOUR_LEVELS) return { levels: 4, root: pair(ROOT_HIGH) };
  // The pointers of the four gigabytes stand in descending order.
  return { levels: 3, roots: [0, 1, 2, 3].map((index) => pair(ROOT_HIGH - 4 * index)) };
}

function ggttDword(memory: AubMemory, address: number): number | undefined {
  const physical = memory.translate(address);
  if (physical === undefined) return undefined;
  return memory.page(physical)?.getUint32((physical % 4096) & ~3, true);
}
