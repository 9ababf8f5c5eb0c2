import { MODELS, type ModelChoice } from '../model-for-trace.ts';

/** How a trace is read and what stands beside it, where the file cannot tell and somebody said so. */
export interface Reading {
  /** The device that a log with several is about: a part of its name there. */
  readonly device?: string;
  /** Guest physical addresses of the registers and of the aperture, multiples of 4 KiB. */
  readonly bar0?: number;
  readonly bar2?: number;
  /** Absent for `auto`. */
  readonly model?: Exclude<ModelChoice, 'auto'>;
  /** Absolute path of a register description (SVD, or JSON). */
  readonly registers?: string;
}

/** In the query of a URI: `bar0=fd000000&device=hpet`, in an order of its own; empty where nothing is said. */
export function readingQuery(reading: Reading): string {
  const { device, bar0, bar2, model, registers } = reading;
  const parts = Object.entries({
    bar0: bar0?.toString(16),
    bar2: bar2?.toString(16),
    device,
    model,
    registers,
  });
  return parts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
    .join('&');
}

/** What `readingQuery` made; undefined where it is none of it. */
export function parseReadingQuery(query: string): Reading | undefined {
  const reading: { -readonly [Key in keyof Reading]: Reading[Key] } = {};
  for (const part of query === '' ? [] : query.split('&')) {
    const [, name, encoded] = /^(\w+)=(.*)$/.exec(part) ?? [];
    const value = encoded === undefined ? undefined : decode(encoded);
    if (value === undefined) return undefined;
    const model = MODELS.find((each) => each === value);
    const address = /^[0-9a-f]{1,12}$/.test(value) ? Number.parseInt(value, 16) : undefined;
    if (name === 'device') reading.device = value;
    else if (name === 'registers') reading.registers = value;
    else if (name === 'bar0' && address !== undefined) reading.bar0 = address;
    else if (name === 'bar2' && address !== undefined) reading.bar2 = address;
    else if (name === 'model' && model !== undefined && model !== 'auto') reading.model = model;
    else return undefined;
  }
  return reading;
}

export function isSameReading(one: Reading, other: Reading): boolean {
  return readingQuery(one) === readingQuery(other);
}

/** Text that is percent-encoded; undefined where it is not. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
