import { CommandDecoder, type FieldCatalog } from '../../emulator/index.ts';
import { RecordKind, type TraceStore } from '../../trace/index.ts';
import type { DecodeListener } from './decode-listener.ts';

/** `rcs0 ring@00048 7a000004 …`, `RCS0 ring@ggtt:27ffd004 12400002 …`; behind the dwords may stand the name. */
const COMMAND =
  /^(?:([a-z0-9]+) )?([a-z][a-z -]*)@(?:(ggtt|ppgtt):)?([0-9a-f]{1,16})((?: [0-9a-f]{1,8}(?![^ ]))+)/i;
/** Without other memory, what commands point to is not known. */
const NO_MEMORY = { dword: () => undefined };

/**
 * Decodes the commands that a recording shows by itself, as ftrace of GVT-g does. Their addresses are those of the
 * recording: in a ring they may count from its start. Returns how many there are.
 */
export function decodeRecorded(
  store: TraceStore,
  catalog: FieldCatalog,
  listener: DecodeListener,
): number {
  const decoder = new CommandDecoder(catalog, NO_MEMORY);
  let count = 0;
  let before = '';
  for (let record = 0; record < store.length; record++) {
    if (store.kind(record) !== RecordKind.command) continue;
    const [, name = '', level = '', space, place = '', dwords = ''] =
      COMMAND.exec(store.text(record)) ?? [];
    if (dwords === '') continue;
    count++;
    const engine = name.toUpperCase();
    const title = `${engine} ${level}, recorded from record ${record} on`;
    if (`${engine} ${level}` !== before) listener.run({ engine, title, record });
    before = `${engine} ${level}`;
    const words = dwords
      .trim()
      .split(' ')
      .map((dword) => Number.parseInt(dword, 16));
    const at = {
      space: space?.toLowerCase() === 'ppgtt' ? 'ppgtt' : 'ggtt',
      address: Number.parseInt(place, 16) % 2 ** 48,
      ...(engine === '' ? {} : { engine }),
    } as const;
    listener.command(decoder.decode(words, at), level === 'ring' ? 0 : 1);
  }
  return count;
}
