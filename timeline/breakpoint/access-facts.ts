import type { Answer, DeviceModel, Fault, WorkView } from '../../emulator/index.ts';
import { RecordKind, SPACE_NAMES, Space, type TraceStore } from '../../trace/index.ts';
import type { AccessFacts, FaultFacts } from '../expression/context.ts';
import { dwordName, hex, REGISTER_BYTES, type RegisterDirectory } from '../register-directory.ts';
import type { TargetChange, WatchedTarget } from './watched-target.ts';

const UNKNOWN: Answer = { low: 0, high: 0, known: false };

/** What expressions see of the access in `record`, which the device has not seen yet. */
export function accessFacts(
  store: TraceStore,
  device: DeviceModel,
  directory: RegisterDirectory,
  record: number,
): AccessFacts | undefined {
  const kind = store.kind(record);
  if (kind !== RecordKind.read && kind !== RecordKind.write) return undefined;
  const space = SPACE_NAMES[store.space(record)];
  if (space === undefined || space === 'ppgtt') return undefined;
  const offset = store.offset(record);
  const size = store.size(record);
  const known = store.valueKnown(record);
  const value = known ? { low: store.low(record), high: store.high(record), known } : UNKNOWN;
  const old = size >= 1 && size <= 8 ? device.peek(space, offset, size) : UNKNOWN;
  const facts = { space, offset, size, value, old } as const;
  if (kind === RecordKind.read) return { ...facts, direction: 'read' };
  const next = nextByAccessMode(store, directory, record, old);
  return { ...facts, direction: 'write', ...(next === undefined ? {} : { next }) };
}

/** What a register holds after a plain 4-byte write, where its access mode makes that differ from what is written. */
function nextByAccessMode(
  store: TraceStore,
  directory: RegisterDirectory,
  record: number,
  old: Answer,
): Answer | undefined {
  const offset = store.offset(record);
  if (store.space(record) !== Space.mmio || store.size(record) !== 4) return undefined;
  if (offset >= REGISTER_BYTES || offset % 4 !== 0) return undefined;
  const info = directory.at(offset);
  if (info === undefined) return undefined;
  const low = directory.afterWrite(info, old.low, store.low(record), 0xffffffff);
  return { low: low >>> 0, high: 0, known: true };
}

/** What the condition of a breakpoint on commands sees: `value` is the command's first dword, `offset` its address. */
export function workFacts({ command }: WorkView): AccessFacts | undefined {
  const [header] = command?.dwords ?? [];
  if (command === undefined || header === undefined) return undefined;
  const value = { low: header, high: 0, known: true };
  return {
    direction: 'read',
    space: 'ggtt',
    offset: command.address,
    size: 4,
    value,
    old: value,
  };
}

/** What the condition of a breakpoint on faults sees. */
export function faultFacts(fault: Fault, directory: RegisterDirectory): FaultFacts {
  const { check, register, address, value, engine } = fault;
  return {
    check,
    ...(register === undefined ? {} : { register: registerName(register, directory) }),
    ...(address === undefined ? {} : { address }),
    ...(value === undefined ? {} : { value }),
    ...(engine === undefined ? {} : { engine }),
  };
}

/** The name of what stands at a BAR0 offset; the offset where it has none. */
export function registerName(offset: number, directory: RegisterDirectory): string {
  const info = offset < REGISTER_BYTES ? directory.at(offset) : undefined;
  return info === undefined ? hex(offset) : dwordName(info, offset - (offset % 4));
}

/** What the condition of a data breakpoint sees: the target, with its new and its previous value. */
export function targetFacts(
  target: WatchedTarget,
  change: TargetChange,
  direction: 'read' | 'write',
): AccessFacts {
  const { address, size, previous, next } = change;
  return { direction, space: target.space, offset: address, size, value: next, old: previous };
}
