import type { Tracepoint } from './tracepoint.ts';

/** What of an event is compared, made in the same way of a trace's text and of the model's own events. */

export function hexKey(value: number): string {
  return (value >>> 0).toString(16);
}

export interface InterruptWrite {
  /** As GVT-g calls it: IMR, IER, IIR, MASTER_IR. */
  readonly name: string;
  readonly offset: number;
  readonly written: number;
  readonly previous: number;
  readonly changed: number;
}

export function writeKey({ name, offset, written, previous, changed }: InterruptWrite): string {
  const [at, now, was, bits] = [offset, written, previous, changed].map(hexKey);
  return `${name} ${at}, new ${now}, old ${was}, changed ${bits}`;
}

export function commandKey(
  engine: string,
  level: string,
  address: number,
  dwords: readonly number[],
): string {
  return `${engine} ${level} ${address.toString(16)} ${dwords.map(hexKey).join(' ')}`;
}

/** What may have made an interrupt pending: an event, or a write to an interrupt register. */
export function causeOf(event: Pick<Tracepoint, 'name' | 'key'>): string | undefined {
  if (event.name === 'propagate_event') return event.key;
  return event.name === 'write_ir' ? event.key.split(',')[0] : undefined;
}

/** MSI have all the same address and data: they are told apart by what came before. */
export function interruptKey(address: number, data: number, cause: string): string {
  return `${hexKey(address)} data ${hexKey(data)} after ${cause}`;
}

/** Frames are guest page frame numbers, types those of GVT-g's enum. */
export function tableKey(what: string, frame: number | undefined, type?: number): string {
  const place = frame === undefined ? '' : ` gfn ${frame.toString(16)}`;
  return `${what}${place}${type === undefined ? '' : ` type ${type}`}`;
}
