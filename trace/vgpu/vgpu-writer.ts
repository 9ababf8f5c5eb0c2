import type { DeviceDescription } from '../device-description.ts';
import type { Space } from '../record.ts';
import { sliceText } from '../slice.ts';
import { type Expectation, expectationText } from './expectation.ts';

/** An access as it stands on a line. `known` false: nobody knows the answer. */
export interface WrittenAccess {
  readonly kind: 'read' | 'write';
  readonly space: keyof typeof ACCESSES;
  readonly offset: number;
  readonly size: number;
  readonly low: number;
  readonly high: number;
  readonly known: boolean;
  /** Written as people do, `R32 PLACE = VALUE`: a read's value is an expectation. */
  readonly symbolic?: boolean;
  /** In the symbolic form a name that stands for the offset: `RCS0.RING_TAIL`, `ggtt[0x4000000]`. */
  readonly place?: string;
}

export interface WrittenCommand {
  /** `RCS0` … */
  readonly engine: string;
  /** In the ring: bytes from its start. In a batch: graphics address. */
  readonly place: 'ring' | 'batch';
  readonly offset: number;
  readonly dwords: readonly number[];
}

function stackText(stack: readonly string[]): string {
  return stack.length === 0 ? '' : `  @ ${stack.join(' < ')}`;
}

function symbolicText(
  verb: string,
  { offset, known, kind, place = `0x${offset.toString(16)}` }: WrittenAccess,
  value: string,
): string {
  const number = known ? `0x${value}` : value;
  return `${verb} ${place} ${kind === 'read' ? '= ' : ''}${number}`;
}

/** Letters before R or W, and digits of an offset. */
const ACCESSES = {
  mmio: { letter: '', digits: 6 },
  aperture: { letter: 'A', digits: 8 },
  config: { letter: 'C', digits: 2 },
  io: { letter: 'I', digits: 2 },
} as const satisfies Partial<Record<keyof typeof Space, object>>;

/** Longer commands are cut off: what a replay executes, it reads from memory. */
const MOST_DWORDS = 70;

/** Writes lines of the `.vgpu` format, line by line, in order of time. */
export class VgpuWriter {
  readonly #emit: (text: string) => void;
  #micros = 0;

  /** `emit` gets whole lines, each with its end. */
  constructor(emit: (text: string) => void) {
    this.#emit = emit;
  }

  /** Time of the line written last, in microseconds. */
  get micros(): number {
    return this.#micros;
  }

  /** What follows happens at this time; an earlier one than before is not taken. */
  time(micros: number): void {
    if (micros <= this.#micros) return;
    this.#micros = micros;
    this.#emit(`T ${seconds(micros)}\n`);
  }

  /** `stack`: the guest's functions, innermost first. */
  access(access: WrittenAccess, stack: readonly string[] = []): void {
    const { letter, digits } = ACCESSES[access.space];
    const verb = access.kind === 'read' ? 'R' : 'W';
    const value = access.known ? valueText(access.size, access.low, access.high) : '?';
    const line =
      access.symbolic === true
        ? symbolicText(`${letter}${verb}${access.size * 8}`, access, value)
        : `${letter}${verb} ${access.size} ${hex(access.offset, digits)} ${value}`;
    this.#emit(`${line}${stackText(stack)}\n`);
  }

  /** What a scenario expects here. */
  expectation(expectation: Expectation): void {
    this.#emit(`expect ${expectationText(expectation)}\n`);
  }

  /** A line of another kind, by its keyword and what stands behind it. */
  line(keyword: string, text: string): void {
    this.#emit(`${keyword} ${text}\n`);
  }

  memory(address: number, bytes: Uint8Array): void {
    this.#emit(`M ${hex(address, 9)} ${bytesText(bytes)}\n`);
  }

  msi(address: number, data: number): void {
    this.#emit(`IRQ msi ${hex(address, 8)} ${hex(data, 4)}\n`);
  }

  /** The level of INTA#, which has changed. */
  intx(level: 0 | 1): void {
    this.#emit(`IRQ intx ${level}\n`);
  }

  command({ engine, place, offset, dwords }: WrittenCommand): void {
    const shown = dwords.slice(0, MOST_DWORDS).map((dword) => hex(dword, 8));
    const at = `${place}@${hex(offset, place === 'ring' ? 5 : 8)}`;
    this.#emit(`CMD ${engine.toLowerCase()} ${at} ${shown.join(' ')}\n`);
  }

  commandRegister(
    direction: 'read' | 'write',
    engine: string,
    offset: number,
    value: number,
  ): void {
    const word = direction === 'read' ? 'CSR' : 'CSW';
    this.#emit(`${word} ${engine.toLowerCase()} ${hex(offset, 6)} ${hex(value, 8)}\n`);
  }

  deviceWrite(space: 'ggtt' | 'ppgtt', address: number, value: number): void {
    const digits = hex(address, space === 'ggtt' ? 8 : 12);
    const place = space === 'ggtt' ? digits : `${digits.slice(0, -8)}_${digits.slice(-8)}`;
    this.#emit(`DW 4 ${space}:${place} ${hex(value, 8)}\n`);
  }

  /** A note of one line at the present time. */
  note(text: string): void {
    this.#emit(`# ${seconds(this.#micros)} ${text}\n`);
  }

  /** A note with a time of its own, which what follows has too. */
  noteAt(micros: number, text: string): void {
    this.#micros = Math.max(this.#micros, micros);
    this.note(text);
  }
}

/** The head of a recording or scenario: what a reader needs to make the same device. */
export function vgpuHeader(
  device: DeviceDescription,
  kind: 'recording' | 'scenario' = 'recording',
): string {
  const { vendorId, deviceId, revisionId, partition, pvinfoCaps, monitor, quirks } = device;
  const lines = [`vgpu ${kind}`];
  if (device.title !== undefined) lines.push(`title: ${device.title}`);
  if (device.driver !== undefined) lines.push(`driver: ${device.driver}`);
  lines.push(...device.notes);
  if (device.platform !== undefined) lines.push(`platform: ${device.platform}`);
  if (vendorId !== undefined && deviceId !== undefined) {
    const revision = revisionId === undefined ? '' : ` rev ${hex(revisionId, 2)}`;
    lines.push(`pci: ${hex(vendorId, 4)}:${hex(deviceId, 4)}${revision}`);
  }
  if (device.bars.length > 0) lines.push(`bars: ${device.bars.map(barText).join(' ')}`);
  if (partition !== undefined) {
    const caps = pvinfoCaps === undefined ? '' : `caps=${hex(pvinfoCaps, 2)} `;
    lines.push(`vgpu: ${caps}${sliceText(partition)}`);
  }
  if (quirks !== undefined && quirks.length > 0) lines.push(`quirks: ${quirks.join(' ')}`);
  lines.push(
    monitor === undefined
      ? 'monitor: none'
      : `monitor: ${monitor.connection} port=${monitor.port} edid=${bytesText(monitor.edid)}`,
  );
  const { memory = [] } = device;
  const ranges = memory.map(({ base, size }) => `${hex(base, 8)}+${hex(size, 8)}`);
  if (ranges.length > 0) lines.push(`memory: ${ranges.join(' ')}`);
  if (device.legacyInterrupt === true) lines.push('interrupt: intx');
  return lines.map((line) => `## ${line}\n`).join('');
}

function barText({ index, base, size }: DeviceDescription['bars'][number]): string {
  return `${index}=${hex(base, 8)}/${size}`;
}

function seconds(micros: number): string {
  const whole = Math.floor(micros / 1e6);
  return `${whole}.${String(micros - whole * 1e6).padStart(6, '0')}`;
}

function valueText(size: number, low: number, high: number): string {
  return size === 8 ? hex(high, 8) + hex(low, 8) : hex(low, size * 2);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

const HEX_BYTES = Array.from({ length: 256 }, (_, byte) => hex(byte, 2));

function bytesText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX_BYTES[byte];
  return text;
}
