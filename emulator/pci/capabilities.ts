import type { Platform } from '../mmio/register-row.ts';
import {
  CAPABILITIES,
  CAPABILITY_LISTS,
  type CapabilityKind,
  type CapabilityPlace,
} from './capability-rows.ts';
import { type ConfigRow, FIXED_ROWS } from './config-rows.ts';

const STATUS = 0x06;
const HAS_LIST = 1 << 4;
const LIST = 0x34;
/** Places that 192 bytes have for capabilities: a list that goes on longer goes in circles. */
const MOST = 48;

/** Those in a configuration space whose kind is known, first to last; of two of a kind the first. */
export function capabilitiesIn(config: Uint8Array): readonly CapabilityPlace[] {
  const found = new Map<CapabilityKind, CapabilityPlace>();
  const hasList = ((config[STATUS] ?? 0) & HAS_LIST) !== 0;
  let at = hasList ? (config[LIST] ?? 0) & 0xfc : 0;
  for (let seen = 0; at >= 0x40 && seen < MOST; seen++) {
    const kind = kindOf(config[at] ?? 0);
    if (kind !== undefined && !found.has(kind)) found.set(kind, { kind, at });
    at = (config[at + 1] ?? 0) & 0xfc;
  }
  return [...found.values()];
}

/** Of a configuration, what its capabilities follow from. */
export interface OnHost {
  readonly platform: Platform;
  readonly golden?: { readonly capabilities: readonly CapabilityPlace[] | undefined } | undefined;
}

export function msiCapability(config: OnHost): number {
  return neededPlace(config, 'msi');
}

export function pmCapability(config: OnHost): number {
  return neededPlace(config, 'powerManagement');
}

function neededPlace(config: OnHost, kind: CapabilityKind): number {
  const place = placeOf(config, kind);
  if (place === undefined) throw new Error(`The list of ${config.platform} has no ${kind}.`);
  return place;
}

/** Where a capability is: where the host has it; where its list lacks it, or nothing is known of it, at the usual place. */
function placeOf({ platform, golden }: OnHost, kind: CapabilityKind): number | undefined {
  const isIt = (place: CapabilityPlace) => place.kind === kind;
  const own = golden?.capabilities?.find(isIt);
  return (own ?? CAPABILITY_LISTS[platform].places.find(isIt))?.at;
}

/** The capabilities that a vGPU shows, first to last. */
export function capabilitiesOf({ platform, golden }: OnHost): readonly CapabilityPlace[] {
  return golden?.capabilities ?? CAPABILITY_LISTS[platform].places;
}

/** All registers of a configuration space with these capabilities that have a name, by offset. */
export function configRows(places: readonly CapabilityPlace[]): readonly ConfigRow[] {
  const rows = [...withPointer(places), ...places.flatMap(rowsAt)];
  return rows.sort((a, b) => a.offset - b.offset);
}

function withPointer([first]: readonly CapabilityPlace[]): readonly ConfigRow[] {
  const reset = { value: first?.at ?? 0, source: 'the table of capabilities' };
  return FIXED_ROWS.map((row) => (row.offset === LIST ? { ...row, reset } : row));
}

/** The registers of a capability, at their places in configuration space, with id and next filled in. */
function rowsAt(
  { kind, at }: CapabilityPlace,
  index: number,
  places: readonly CapabilityPlace[],
): readonly ConfigRow[] {
  const { id, registers } = CAPABILITIES[kind];
  const [head, ...rest] = registers;
  const next = places[index + 1]?.at ?? 0;
  const value = ((head.reset?.value ?? 0) | (next << 8) | id) >>> 0;
  const source = head.reset?.source ?? 'the table of capabilities';
  const rows = [{ ...head, reset: { value, source } }, ...rest];
  return rows.map((row) => ({ ...row, offset: at + row.offset }));
}

function kindOf(id: number): CapabilityKind | undefined {
  return KINDS.find((kind) => CAPABILITIES[kind].id === id);
}

const KINDS: readonly CapabilityKind[] = [
  'vendor',
  'express',
  'msi',
  'powerManagement',
  'advancedFeatures',
];

/** Bits that ask for a reset of the function alone: of the device control of PCI Express, of Advanced Features’. */
const RESETS = [
  { kind: 'express', byte: 9, mask: 0x80 },
  { kind: 'advancedFeatures', byte: 4, mask: 0x01 },
] as const;

/** Whether the byte `value` at `at` asks for a function-level reset. */
export function asksForReset(config: OnHost, at: number, value: number): boolean {
  return RESETS.some(({ kind, byte, mask }) => {
    const place = capabilitiesOf(config).find((each) => each.kind === kind);
    return place !== undefined && at === place.at + byte && (value & mask) !== 0;
  });
}
