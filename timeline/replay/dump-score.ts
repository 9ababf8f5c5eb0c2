import type { DeviceModel, GoldenState } from '../../emulator/index.ts';
import type { SnapshotRegister } from '../../trace/index.ts';
import {
  ANSWERED,
  DUMP_EXPLANATIONS,
  dependsOnWork,
  isClock,
  LACKING,
} from './dump-explanations.ts';

/** How a device's registers at the end of a trace compare with a dump that was made there. */
export interface DumpScore {
  /** Registers of the dump whose place in BAR0 is known; the sum of the next four. */
  readonly compared: number;
  readonly equal: number;
  /** What the host had when the vGPU was made, which nobody has changed since: the model has not either. */
  readonly host: number;
  readonly explained: number;
  readonly different: number;
  /** Those that are not equal, in the dump's order. */
  readonly rows: readonly DumpRow[];
}

export interface DumpRow {
  readonly register: SnapshotRegister;
  readonly offset: number;
  /** What the device holds, of the real GVT-g its copy: lower and upper 32 bits. */
  readonly got: number;
  readonly gotHigh: number;
  /** Why the two differ; absent where nothing explains it. */
  readonly why?: string;
  readonly fromHost: boolean;
}

type Held = Pick<DeviceModel, 'peek' | 'copyOf'>;

/** What a dump is compared with. */
export interface DumpedDevice {
  /** At the moment of the dump. Nothing changes in it. */
  readonly device: Held & Pick<DeviceModel, 'lacksMemory'>;
  /** The same at power-on. */
  readonly atPowerOn: Held;
  /** The dump is of a vGPU of the real GVT-g. */
  readonly gvtG: boolean;
  /** What it started from: what is known of the host explains nothing. */
  readonly golden?: GoldenState | undefined;
  /** What the recording's guest was answered when it last read the dword at this offset. */
  readonly lastAnswer?: (offset: number) => number | undefined;
}

export function scoreDump(
  registers: readonly SnapshotRegister[],
  compared: DumpedDevice,
): DumpScore {
  const placed = registers.flatMap((register) => {
    const { offset } = register;
    return offset === undefined ? [] : [{ register, offset }];
  });
  const rows = placed.flatMap(({ register, offset }) => {
    const got = held(compared.device, register, offset);
    if (got.low === register.value.low && got.high === register.value.high) return [];
    const row = { register, offset, got: got.low, gotHigh: got.high };
    return [{ fromHost: false, ...row, ...explanation(row, compared) }];
  });
  const host = rows.filter(({ fromHost }) => fromHost).length;
  const different = rows.filter((row) => !('why' in row)).length;
  const explained = rows.length - host - different;
  const equal = placed.length - rows.length;
  return { compared: placed.length, equal, host, explained, different, rows };
}

function held(
  device: Held,
  { size, upperOffset }: SnapshotRegister,
  offset: number,
): { readonly low: number; readonly high: number } {
  const dword = (at: number) => device.copyOf?.(at) ?? device.peek('mmio', at, 4).low;
  return { low: dword(offset), high: size <= 4 ? 0 : dword(upperOffset ?? offset + 4) };
}

function explanation(
  row: Omit<DumpRow, 'why' | 'fromHost'>,
  { device, atPowerOn, gvtG, golden, lastAnswer }: DumpedDevice,
): { readonly why: string; readonly fromHost: boolean } | undefined {
  const { register, offset, got, gotHigh } = row;
  if (device.lacksMemory && dependsOnWork(offset)) return { why: LACKING, fromHost: false };
  if (!gvtG || gotHigh !== register.value.high) return undefined;
  if (isClock(offset) && lastAnswer?.(offset) === register.value.low)
    return { why: ANSWERED, fromHost: false };
  if (golden?.gives(offset) === true) return undefined;
  const known = DUMP_EXPLANATIONS.find((each) => each.offset === offset);
  if (known === undefined) return undefined;
  const { fromHost, reason, source } = known;
  const differs = got ^ register.value.low;
  const changed = got ^ held(atPowerOn, register, offset).low;
  // A copy is refreshed as a whole.
  const isCopy = device.copyOf?.(offset) !== undefined;
  if ((isCopy ? changed : differs & changed) !== 0) return undefined;
  return { why: `${reason} (${source})`, fromHost };
}
