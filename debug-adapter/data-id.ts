import type { DataTarget } from '../timeline/index.ts';

/**
 * The name by which clients remember what a data breakpoint watches: `mmio:0x2030+4`, one field of it
 * `mmio:0x203c+4[12:0]`. It says all there is to know, so that it means the same in every later session.
 */
export function formatDataId(target: DataTarget): string {
  const bits = target.bits === undefined ? '' : `[${target.bits.high}:${target.bits.low}]`;
  return `${target.space}:0x${target.address.toString(16)}+${target.size}${bits}`;
}

const SPACES = ['mmio', 'config', 'ggtt', 'memory'] as const;
/** No range is longer, in bytes: all of BAR0. What can be watched of it is the timeline's affair. */
const MOST_BYTES = 0x1000000;

/** Undefined where the text is not one of `formatDataId`'s. */
export function parseDataId(dataId: string): DataTarget | undefined {
  const match = /^(\w+):0x([0-9a-f]{1,12})\+(\d{1,8})(?:\[(\d{1,2}):(\d{1,2})\])?$/.exec(dataId);
  if (match === null) return undefined;
  const space = SPACES.find((each) => each === match[1]);
  const size = Number(match[3]);
  if (space === undefined || size < 1 || size > MOST_BYTES) return undefined;
  const target = { space, address: Number.parseInt(match[2] ?? '', 16), size };
  if (match[4] === undefined) return target;
  const bits = { high: Number(match[4]), low: Number(match[5]) };
  return bits.high <= 63 && bits.low <= bits.high ? { ...target, bits } : undefined;
}
