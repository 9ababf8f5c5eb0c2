import { RecordKind, Space } from '../record.ts';
import { packKind } from '../store/store-writer.ts';
import { asAddress, parseHex } from '../text/numbers.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { EngineIds } from './engine-ids.ts';
import type { ByteRange } from './shown-bytes.ts';

const MSI = /^vgpu(\d+):inject msi address ([0-9a-f]+) data ([0-9a-f]+)$/;
const COMMAND =
  /^vgpu(\d+) ring (\d+): address_type ([01]), buf_type ([0-3]), ip_gma ([0-9a-f]+),cmd \(name=([^,]*),len=\d+,raw cmd=\{([0-9a-fx,]*)\}\), workload=/;

const ZERO = { low: 0, high: 0 };

/** By GVT-g's buf_type (cmd_parser.c): what a command stands in. */
const LEVELS = ['ring', 'batch', 'batch2', 'context'] as const;

/** What a vGPU of GVT-g did: of one vGPU, since a trace is replayed on one. */
export class ResultEvents {
  readonly #target: ReaderTarget;
  readonly #engines = new EngineIds();
  /** `1` of `vgpu1`: the one that was asked for, else the first that occurs. */
  #vgpu: string | undefined;
  readonly #others = new Map<string, { count: number; readonly line: number }>();
  #shown = false;

  constructor(target: ReaderTarget) {
    this.#target = target;
    this.#vgpu = /^vgpu(\d+)$/.exec(target.hints.device ?? '')?.[1];
  }

  /** Returns undefined where the event is another vGPU's, which is shown as a note. */
  interrupt(payload: string, line: number): boolean | undefined {
    const match = MSI.exec(payload);
    const address = asAddress(parseHex(match?.[2] ?? ''));
    const data = parseHex(match?.[3] ?? '');
    if (match === null || address === undefined || data === undefined) return false;
    if (!this.#isOurs(match[1] ?? '', line)) return undefined;
    const { device } = this.#target;
    if (device.scalars.msi === undefined) {
      device.set({ msi: { address: address % 2 ** 32, data: data.low & 0xffff } });
      device.addNote(
        'where interrupts go is taken from the first one: the log has no configuration space',
      );
    }
    const kind = packKind(RecordKind.interrupt, Space.memory);
    this.#target.store.appendWide(kind, 4, address, { low: data.low, high: 0 }, line);
    this.#text(
      `msi ${address.toString(16).padStart(8, '0')} ${data.low.toString(16).padStart(4, '0')}`,
    );
    return true;
  }

  command(payload: string, line: number): boolean | undefined {
    const match = COMMAND.exec(payload);
    if (match === null) return false;
    const [, vgpu = '', ring, addressType, bufferType, place = '', name, raw = ''] = match;
    const gma = asAddress(parseHex(place));
    const dwords = raw.split(',').filter((dword) => dword !== '');
    const values = dwords.map((dword) => parseHex(dword)?.low);
    if (gma === undefined || values.length === 0 || values.includes(undefined)) return false;
    const engine = this.#engines.nameOf(Number(ring));
    if (!this.#isOurs(vgpu, line)) return undefined;
    const space = addressType === '1' ? Space.ppgtt : Space.ggtt;
    const kind = packKind(RecordKind.command, space);
    this.#target.store.appendWide(kind, 4, gma, { low: values[0] ?? 0, high: 0 }, line);
    const level = LEVELS[Number(bufferType)] ?? 'ring';
    const at = `${level}@${addressType === '1' ? 'ppgtt' : 'ggtt'}:${place}`;
    const words = values.map((value = 0) => value.toString(16).padStart(8, '0'));
    this.#text(`${engine} ${at} ${words.join(' ')} ${name}`);
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
      this.#target.device.set({ vgpuId: Number(this.#vgpu) });
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
  isAbout(vgpu: string): boolean {
    this.#vgpu ??= vgpu;
    return vgpu === this.#vgpu;
  }

  #isOurs(vgpu: string, line: number): boolean {
    if (this.isAbout(vgpu)) return true;
    const other = this.#others.get(vgpu);
    if (other !== undefined) other.count++;
    else if (this.#others.size < 64) this.#others.set(vgpu, { count: 1, line });
    return false;
  }

  #text(text: string): void {
    const bytes = encodeUtf8(text);
    this.#target.store.setPayload(bytes, 0, bytes.length);
  }
}
