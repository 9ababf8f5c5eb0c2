import type { DeviceDescription } from '../device-description.ts';
import { RecordKind, Space } from '../record.ts';
import type { TraceStore } from '../store/trace-store.ts';

/** Where BARs are put that the trace does not place; the aperture of 256 MiB is that of GVT-g's hosts. */
const BARS = [
  { index: 0, base: 0xd0000000, size: 0x1000000, map: 1 },
  { index: 2, base: 0xc0000000, size: 0x10000000, map: 2 },
] as const;
/** 00:02.0 */
const PLACE = '0010';
/** A 64-bit memory BAR; the aperture is prefetchable. */
const FLAGS: Readonly<Record<number, number>> = { 0: 0x4, 2: 0xc };

/** Writes logs as the Linux tracer “mmiotrace” does (Documentation/trace/mmiotrace). */
export class MmiotraceWriter {
  readonly #emit: (text: string) => void;
  readonly #bases: ReadonlyMap<number, { readonly base: number; readonly map: number }>;

  /** `emit` gets whole lines. The head is written at once. */
  constructor(device: DeviceDescription, emit: (text: string) => void) {
    this.#emit = emit;
    const bars = BARS.map((bar) => ({
      ...bar,
      ...device.bars.find(({ index }) => index === bar.index),
    }));
    this.#bases = new Map(
      bars.map(({ index, base, map }) => [
        index === 0 ? Space.mmio : Space.aperture,
        { base, map },
      ]),
    );
    emit(`VERSION 20070824\n${deviceLine(device, bars)}`);
    for (const { base, size, map } of bars)
      emit(`MAP 0.000000 ${map} 0x${base.toString(16)} 0x0 0x${size.toString(16)} 0x0 0\n`);
  }

  /**
   * Writes a record where the format has a line for it: accesses to registers and aperture with a known value, and notes.
   * Returns false for all others.
   */
  record(store: TraceStore, record: number): boolean {
    const kind = store.kind(record);
    const micros = store.timeNs(record) / 1000;
    if (kind === RecordKind.note) {
      this.#emit(`MARK ${seconds(micros)} ${store.text(record)}\n`);
      return true;
    }
    if (kind !== RecordKind.read && kind !== RecordKind.write) return false;
    const bar = this.#bases.get(store.space(record));
    if (bar === undefined || !store.valueKnown(record)) return false;
    const verb = kind === RecordKind.read ? 'R' : 'W';
    const address = (bar.base + store.offset(record)).toString(16);
    const value = valueText(store.low(record), store.high(record));
    this.#emit(
      `${verb} ${store.size(record)} ${seconds(micros)} ${bar.map} 0x${address} ${value} 0x0 0\n`,
    );
    return true;
  }
}

function deviceLine(
  { vendorId = 0x8086, deviceId = 0x1912 }: DeviceDescription,
  bars: readonly { readonly index: number; readonly base: number; readonly size: number }[],
): string {
  const fields = [0, 1, 2, 3, 4, 5, 6].map((index) => bars.find((bar) => bar.index === index));
  const bases = fields.map((bar) =>
    bar === undefined ? '0' : (bar.base + (FLAGS[bar.index] ?? 0)).toString(16),
  );
  const sizes = fields.map((bar) => (bar === undefined ? '0' : bar.size.toString(16)));
  const ids = [vendorId, deviceId].map((id) => id.toString(16).padStart(4, '0')).join('');
  return `PCIDEV ${PLACE} ${ids} 0 ${bases.join(' ')} ${sizes.join(' ')} i915\n`;
}

function valueText(low: number, high: number): string {
  return high === 0
    ? `0x${low.toString(16)}`
    : `0x${high.toString(16)}${low.toString(16).padStart(8, '0')}`;
}

function seconds(micros: number): string {
  const whole = Math.floor(micros / 1e6);
  return `${whole}.${String(micros - whole * 1e6).padStart(6, '0')}`;
}
