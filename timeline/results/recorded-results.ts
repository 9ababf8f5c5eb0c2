import { isAccess, RecordKind, SPACE_NAMES, type TraceStore } from '../../trace/index.ts';
import type { CommandResult, Result, ResultsByAccess, WriteResult } from './result.ts';

/** The results that a recording shows. */
export function recordedResults(store: TraceStore): ResultsByAccess {
  const results = new Map<number, Result[]>();
  let accesses = 0;
  for (let record = 0; record < store.length; record++) {
    const kind = store.kind(record);
    if (isAccess(kind)) accesses++;
    const result = resultOf(store, record, kind);
    if (result === undefined) continue;
    const there = results.get(accesses);
    if (there === undefined) results.set(accesses, [result]);
    else there.push(result);
  }
  return results;
}

function resultOf(store: TraceStore, record: number, kind: RecordKind): Result | undefined {
  if (kind === RecordKind.command) return commandOf(store.text(record));
  if (kind === RecordKind.deviceWrite) return writeOf(store, record);
  if (kind === RecordKind.interrupt) return { kind: 'interrupt', cause: '' };
  return undefined;
}

/** `rcs0 ring@00048 7a000004 01104080 …`; behind the dwords may stand the command's name. */
function commandOf(text: string): CommandResult | undefined {
  const match = /^(?:([a-z0-9]+) )?(ring|batch)@([0-9a-f]+)((?: [0-9a-f]{1,8}(?![^ ]))*)/i.exec(
    text,
  );
  const [, engine = '', level, where = '', dwords = ''] = match ?? [];
  if (level !== 'ring' && level !== 'batch') return undefined;
  return {
    kind: 'command',
    engine: engine.toLowerCase(),
    level,
    where: Number.parseInt(where, 16) % 2 ** 32,
    dwords: dwords
      .split(' ')
      .slice(1)
      .map((dword) => Number.parseInt(dword, 16)),
  };
}

function writeOf(store: TraceStore, record: number): WriteResult | undefined {
  const space = SPACE_NAMES[store.space(record)];
  if (space !== 'ggtt' && space !== 'ppgtt') return undefined;
  return { kind: 'write', space, address: store.offset(record), value: store.low(record) };
}
