import type { DeviceModel, GoldenState, SwitchedRegister } from '../../emulator/index.ts';
import { HOST_REGISTERS } from '../replay/host-registers.ts';
import { HOST_VALUES } from '../replay/host-values.ts';
import { hexKey } from './keys.ts';
import { RenderSwitches } from './render-switches.ts';
import type { Tracepoint, TracepointName } from './tracepoint.ts';

/** What became of one event. */
export type Verdict =
  | { readonly kind: 'equal' }
  | { readonly kind: 'explained'; readonly rule: string }
  | { readonly kind: 'unexplained'; readonly got: string };

const EQUAL: Verdict = { kind: 'equal' };

const INDEX = /^gma_index: (\w+) gma 0x([0-9a-f]+) index 0x([0-9a-f]+)$/;
const TRANSLATE =
  /^gma_translate: VM\d+ ggtt ring \d+ root_entry_type 0 gma 0x([0-9a-f]+) -> gpa 0x([0-9a-f]+)$/;
const SWITCH =
  /^render_mmio: VM(\d+) -> VM(\d+) \w+ reg ([0-9a-f]+), old ([0-9a-f]+) new ([0-9a-f]+)$/;

/** By the kernel function that an event names: the level's lowest address bit, and how many it has. */
const LEVELS: Readonly<Record<string, readonly [shift: number, bits: number]>> = {
  gma_to_ggtt_pte_index: [12, 20],
  gen8_gma_to_pte_index: [12, 9],
  gen8_gma_to_pde_index: [21, 9],
  gen8_gma_to_l3_pdp_index: [30, 2],
  gen8_gma_to_l4_pdp_index: [30, 9],
  gen8_gma_to_pml4_index: [39, 9],
};

const GGTT = 0x800000;
const PAGE = 4096;

/**
 * Events that say how GVT-g answered itself: where an address leads, what it puts into a register when an engine
 * changes owners. When it asks follows from how it copies memory and from its host's timer; so the same question is
 * put to the model at that moment.
 */
export class AskedTracepoints {
  readonly #device: Pick<DeviceModel, 'peek'>;
  readonly #switches: RenderSwitches;
  readonly #golden: GoldenState | undefined;

  /** `golden`: what is known of the host. */
  constructor(
    device: Pick<DeviceModel, 'peek'>,
    switched: readonly SwitchedRegister[],
    golden: GoldenState | undefined,
  ) {
    this.#golden = golden;
    this.#device = device;
    this.#switches = new RenderSwitches(switched);
  }

  /** The event in a note's text, and how the model answers; undefined for another note. */
  ask(
    text: string,
  ): { readonly event: Pick<Tracepoint, 'name' | 'key'>; readonly verdict: Verdict } | undefined {
    const name = nameOf(text);
    if (name === undefined) return undefined;
    const verdict = this.#index(text) ?? this.#translate(text) ?? this.#switch(text);
    const key = text.slice(name.length + 2);
    return {
      event: { name, key },
      verdict: verdict ?? { kind: 'unexplained', got: 'nothing: this form is not known' },
    };
  }

  #index(text: string): Verdict | undefined {
    const [, level = '', gma = '', index = ''] = INDEX.exec(text) ?? [];
    const row = LEVELS[level];
    if (row === undefined) return undefined;
    const [shift, bits] = row;
    const got = Math.floor(Number.parseInt(gma, 16) / 2 ** shift) % 2 ** bits;
    return got === Number.parseInt(index, 16) ? EQUAL : other(hexKey(got));
  }

  #translate(text: string): Verdict | undefined {
    const [, gma = '', gpa = ''] = TRANSLATE.exec(text) ?? [];
    if (gma === '') return undefined;
    const address = Number.parseInt(gma, 16);
    const entry = this.#device.peek('mmio', GGTT + Math.floor(address / PAGE) * 8, 8);
    if (!entry.known || (entry.low & 1) === 0) return other('not mapped');
    const page = (entry.high & 0x3fff) * 2 ** 32 + ((entry.low & 0xfffff000) >>> 0);
    const got = page + (address % PAGE);
    return got === Number.parseInt(gpa, 16) ? EQUAL : other(got.toString(16));
  }

  /** Of a switch the guest's side is known: what it gets when it comes, what it leaves when it goes. */
  #switch(text: string): Verdict | undefined {
    const match = SWITCH.exec(text);
    if (match === null) return undefined;
    const [from = 0, to = 0] = match.slice(1, 3).map(Number);
    const [offset = 0, old = 0, next = 0] = match.slice(3).map((word) => Number.parseInt(word, 16));
    const row = this.#switches.next(from, to, offset);
    if (row === undefined) return other(`another register: ${this.#switches.expected}`);
    const comes = to !== 0;
    const { low } = this.#device.peek('mmio', offset, 4);
    const half = row.masked ? low & 0xffff : low;
    const got = (comes && row.masked ? 0xffff0000 | half : half) >>> 0;
    const recorded = comes ? next : old;
    if (got === recorded) return EQUAL;
    return this.#golden?.gives(offset) !== true && isOfTheHost(offset, recorded)
      ? { kind: 'explained', rule: 'host-golden-state' }
      : other(hexKey(got));
  }
}

function other(got: string): Verdict {
  return { kind: 'unexplained', got };
}

function nameOf(text: string): TracepointName | undefined {
  if (text.startsWith('gma_index: ')) return 'gma_index';
  if (text.startsWith('gma_translate: ')) return 'gma_translate';
  return text.startsWith('render_mmio: ') ? 'render_mmio' : undefined;
}

function isOfTheHost(offset: number, value: number): boolean {
  return (
    HOST_REGISTERS.some((row) => row.offset === offset) ||
    HOST_VALUES.some((row) => row.offset === offset && row.value === value)
  );
}
