import type { DeviceModel } from '../../emulator/index.ts';
import type { SnapshotRegister } from '../../trace/index.ts';
import { DUMP_EXPLANATIONS, dependsOnWork, LACKING } from './dump-explanations.ts';

/** How a device's registers at the end of a trace compare with a dump that was made there. */
export interface DumpScore {
  /** Registers of the dump whose place in BAR0 is known; the sum of the next three. */
  readonly compared: number;
  readonly equal: number;
  readonly explained: number;
  readonly different: number;
  /** Those that are not equal, in the dump's order. */
  readonly rows: readonly DumpRow[];
}

export interface DumpRow {
  readonly register: SnapshotRegister;
  readonly offset: number;
  /** What the device holds: lower and upper 32 bits. */
  readonly got: number;
  readonly gotHigh: number;
  /** Why the two differ; absent where nothing explains it. */
  readonly why?: string;
}

/** `gvtG`: the dump is of a vGPU of the real GVT-g. Nothing changes in the device. */
export function scoreDump(
  registers: readonly SnapshotRegister[],
  device: Pick<DeviceModel, 'peek' | 'lacksMemory'>,
  gvtG: boolean,
): DumpScore {
  const rows: DumpRow[] = [];
  let compared = 0;
  for (const register of registers) {
    const { offset } = register;
    if (offset === undefined) continue;
    compared++;
    const got = held(device, register, offset);
    if (got.low === register.value.low && got.high === register.value.high) continue;
    const row = { register, offset, got: got.low, gotHigh: got.high };
    const why = explanation(row, device, gvtG);
    rows.push(why === undefined ? row : { ...row, why });
  }
  const explained = rows.filter(({ why }) => why !== undefined).length;
  const different = rows.length - explained;
  return { compared, equal: compared - rows.length, explained, different, rows };
}

function held(
  device: Pick<DeviceModel, 'peek'>,
  { size, upperOffset }: SnapshotRegister,
  offset: number,
): { readonly low: number; readonly high: number } {
  const { low } = device.peek('mmio', offset, 4);
  const high = size <= 4 ? 0 : device.peek('mmio', upperOffset ?? offset + 4, 4).low;
  return { low, high };
}

function explanation(
  { register, offset, got, gotHigh }: DumpRow,
  { lacksMemory }: Pick<DeviceModel, 'lacksMemory'>,
  gvtG: boolean,
): string | undefined {
  if (lacksMemory && dependsOnWork(offset)) return LACKING;
  if (!gvtG || gotHigh !== register.value.high) return undefined;
  const changed = (got ^ register.value.low) >>> 0;
  const row = DUMP_EXPLANATIONS.find(
    (each) => each.offset === offset && (changed & ~(each.bits ?? 0xffffffff)) === 0,
  );
  return row === undefined ? undefined : `${row.reason} (${row.source})`;
}
