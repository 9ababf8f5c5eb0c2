import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import { recordText } from '../listing/record-text.ts';
import { BAR0_BYTES, type RegisterDirectory } from '../register-directory.ts';
import type { CancellationToken, TimelineSession } from '../session.ts';

/** What made a value what it is in one of two traces. */
export interface Cause {
  readonly record: number;
  /** Events of that record that had happened before: 0 for the access itself. */
  readonly event: number;
  readonly line: number;
  /** The record, as `W32 RCS0.RING_TAIL 0x00000040`. */
  readonly text: string;
  /** The driver's call stack, innermost function first. */
  readonly stack: readonly string[];
  /** `model`: the model, replaying the trace, changed the bits then; `trace`: the guest wrote the place then. */
  readonly by: 'model' | 'trace';
}

/**
 * What changed a place's differing bits last before a record: in the model as it replays the trace, else the guest's
 * last write that the trace shows. Undefined where nothing did.
 */
export async function causeOf(
  store: TraceStore,
  record: number,
  bits: { readonly low: number; readonly high: number },
  directory: RegisterDirectory,
  session: TimelineSession | undefined,
  token: CancellationToken,
): Promise<Cause | undefined> {
  const found = await byModel(store, record, bits, session, token);
  const moment = found ?? byTrace(store, record);
  if (moment === undefined) return undefined;
  return {
    ...moment,
    line: store.line(moment.record),
    text: recordText(store, moment.record, directory),
    stack: store.stack(moment.record),
    by: found === undefined ? 'trace' : 'model',
  };
}

async function byModel(
  store: TraceStore,
  record: number,
  bits: { readonly low: number; readonly high: number },
  session: TimelineSession | undefined,
  token: CancellationToken,
) {
  const offset = store.offset(record);
  if (session === undefined || store.space(record) !== Space.mmio || offset >= BAR0_BYTES) {
    return undefined;
  }
  await session.seek({ record, event: 0 }, token);
  const dword = offset - (offset % 4);
  const moment = await session.inspect({ kind: 'lastWriter', offset: dword, bits: rangeOf(bits) });
  return moment === undefined ? undefined : { record: moment.record, event: moment.event };
}

/** From the lowest to the highest bit that differs; of a dword. */
function rangeOf({ low, high }: { readonly low: number; readonly high: number }) {
  const mask = low === 0 ? high : low;
  if (mask === 0) return { low: 0, high: 31 };
  return { low: 31 - Math.clz32(mask & -mask), high: 31 - Math.clz32(mask) };
}

function byTrace(store: TraceStore, record: number) {
  const [space, offset] = [store.space(record), store.offset(record)];
  for (let at = record - 1; at >= 0; at--) {
    if (store.kind(at) !== RecordKind.write || store.space(at) !== space) continue;
    const start = store.offset(at);
    if (start <= offset && offset < start + store.size(at)) return { record: at, event: 0 };
  }
  return undefined;
}
