import { RecordKind, Space } from '../record.ts';
import { packKind } from '../store/store-writer.ts';
import { ByteText } from '../text/byte-text.ts';
import { type LineCursor, literal } from '../text/line-cursor.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { CommandEvent } from './command-event.ts';
import { EngineIds } from './engine-ids.ts';
import type { ByteRange } from './shown-bytes.ts';

const VGPU = literal('vgpu');
const MSI_ADDRESS = literal(':inject msi address ');
const MSI_DATA = literal(' data ');

const ZERO = { low: 0, high: 0 };

/** By GVT-g's buf_type (cmd_parser.c): what a command stands in. */
const LEVELS = ['ring', 'batch', 'batch2', 'context'] as const;

/** What a vGPU of GVT-g did: of one vGPU, since a trace is replayed on one. */
export class ResultEvents {
  readonly #target: ReaderTarget;
  readonly #engines = new EngineIds();
  readonly #event = new CommandEvent();
  readonly #text = new ByteText();
  /** 1 of `vgpu1`: the one that was asked for, else the first that occurs. */
  #vgpu: number | undefined;
  readonly #others = new Map<number, { count: number; readonly line: number }>();
  #shown = false;

  constructor(target: ReaderTarget) {
    this.#target = target;
    const asked = /^vgpu(\d+)$/.exec(target.hints.device ?? '')?.[1];
    if (asked !== undefined) this.#vgpu = Number(asked);
  }

  /**
   * `vgpuN:inject msi address ADDRESS data DATA`. Returns false where it is malformed, undefined where the event is
   * another vGPU's, which is shown as a note.
   */
  interrupt(cursor: LineCursor, line: number): boolean | undefined {
    if (!cursor.take(VGPU)) return false;
    const vgpu = cursor.decimal();
    if (vgpu < 0 || !cursor.take(MSI_ADDRESS)) return false;
    const address = cursor.address();
    if (address < 0 || !cursor.take(MSI_DATA) || !cursor.hexadecimal()) return false;
    const data = cursor.low;
    if (!cursor.ends()) return false;
    if (!this.#isOurs(vgpu, line)) return undefined;
    const { device, store } = this.#target;
    if (device.scalars.msi === undefined) {
      device.set({ msi: { address: address % 2 ** 32, data: data & 0xffff } });
      device.addNote(
        'where interrupts go is taken from the first one: the log has no configuration space',
      );
    }
    const kind = packKind(RecordKind.interrupt, Space.memory);
    store.appendWide(kind, 4, address, { low: data, high: 0 }, line);
    const digits = data.toString(16).padStart(4, '0');
    this.#setText(this.#text.clear().ascii('msi ').address(address).blank().ascii(digits));
    return true;
  }

  /** `gvt_command`; returns the same. */
  command(cursor: LineCursor, line: number): boolean | undefined {
    if (!cursor.take(VGPU)) return false;
    const vgpu = cursor.decimal();
    const event = this.#event;
    if (vgpu < 0 || !event.read(cursor)) return false;
    const { gma, isPpgtt, dwords, count, name } = event;
    const engine = this.#engines.nameOf(event.ring);
    if (!this.#isOurs(vgpu, line)) return undefined;
    const kind = packKind(RecordKind.command, isPpgtt ? Space.ppgtt : Space.ggtt);
    this.#target.store.appendWide(kind, 4, gma, { low: dwords[0] ?? 0, high: 0 }, line);
    const level = LEVELS[event.bufferType] ?? 'ring';
    const text = this.#text.clear();
    text
      .ascii(`${engine} ${level}@${isPpgtt ? 'ppgtt' : 'ggtt'}:`)
      .address(gma)
      .blank();
    for (let i = 0; i < count; i++) text.dword(dwords[i] ?? 0).blank();
    this.#setText(text.copy(cursor.bytes, name.start, name.end));
    return true;
  }

  /** Guest memory that GVT-g was seen to read, before the access of `line`. */
  showMemory(ranges: readonly ByteRange[], line: number): void {
    const { store, device } = this.#target;
    if (ranges.length > 0 && !this.#shown) {
      this.#shown = true;
      device.addNote(
        'guest memory: the commands that GVT-g’s scanner read (gvt_command), what follows from them for the ring’s registers in the contexts’ images, and page tables whose entries its events tell (spt_*)',
      );
    }
    for (const { address, bytes } of ranges) {
      store.appendWide(packKind(RecordKind.memory, Space.memory), 0, address, ZERO, line);
      store.setPayload(bytes, 0, bytes.length);
    }
  }

  report(): void {
    if (this.#vgpu !== undefined) {
      this.#target.device.addNote(`device: vgpu${this.#vgpu}`);
      this.#target.device.set({ vgpuId: this.#vgpu });
    }
    for (const [vgpu, { count, line }] of this.#others) {
      const events = count === 1 ? '1 interrupt or command' : `${count} interrupts and commands`;
      this.#target.diagnostics.warning(
        line,
        `${events} of vgpu${vgpu} are notes: the trace is taken to be about vgpu${this.#vgpu} (to choose another: --device).`,
      );
    }
  }

  /** Whether the trace is about this vGPU: the first that occurs is it, unless another was asked for. */
  isAbout(vgpu: number): boolean {
    this.#vgpu ??= vgpu;
    return vgpu === this.#vgpu;
  }

  #isOurs(vgpu: number, line: number): boolean {
    if (this.isAbout(vgpu)) return true;
    const other = this.#others.get(vgpu);
    if (other !== undefined) other.count++;
    else if (this.#others.size < 64) this.#others.set(vgpu, { count: 1, line });
    return false;
  }

  #setText({ bytes, length }: ByteText): void {
    this.#target.store.setPayload(bytes, 0, length);
  }
}
