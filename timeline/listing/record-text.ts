import { RecordKind } from '../../trace/index.ts';
import type { RecordSource } from '../record-source.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import { accessText, placeText, valueText } from './access-text.ts';
import { remarkText } from './remark-text.ts';

/** A record in one line, without what came before it: `W32 RCS0.RING_TAIL 0x00000040`. */
export function recordText(
  source: RecordSource,
  record: number,
  directory: RegisterDirectory,
): string {
  const kind = source.kind(record);
  if (kind !== RecordKind.read && kind !== RecordKind.write) {
    return remarkText(source, record, record + 1, directory).trim();
  }
  const place = placeText(source, record, directory);
  return `${accessText(source, record)} ${place} ${valueText(source, record)}`;
}
