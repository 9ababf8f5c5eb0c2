import type { RegisterInfo } from '../../emulator/index.ts';
import { REGISTER_BYTES } from '../../timeline/index.ts';
import { RecordKind, Space } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import type { Word } from '../lines/word.ts';

/** A register, and which of its bytes is meant. */
export interface RegisterPlace {
  readonly info: RegisterInfo;
  readonly offset: number;
}

/** The register that a word on a line names or accesses. */
export function registerAtWord(
  document: TraceDocument,
  line: number,
  word: Word,
): RegisterPlace | undefined {
  const { columns, tables } = document.index;
  const kind = columns.kind[line] ?? 0;
  const hasPlace =
    kind === RecordKind.read ||
    kind === RecordKind.write ||
    kind === RecordKind.commandRead ||
    kind === RecordKind.commandWrite;
  if (hasPlace && columns.space[line] === Space.mmio) {
    return at(document, columns.offset[line] ?? 0);
  }
  // An event of a log that is no access.
  if (word.role === 'place' && document.format !== 'vgpu' && /^[0-9a-f]{1,8}$/i.test(word.text)) {
    return at(document, Number.parseInt(word.text, 16));
  }
  // Of an expectation, of a line with a mistake, of a log that gives no offset; a field may stand behind it.
  const name = word.text.replace(/\+[^+]*$|\[\d+\]$/, '');
  const { directory } = tables;
  const info = directory.named(name) ?? directory.named(name.replace(/\.\w+$/, ''));
  return info === undefined ? undefined : { info, offset: info.offset };
}

function at(document: TraceDocument, offset: number): RegisterPlace | undefined {
  if (offset >= REGISTER_BYTES) return undefined;
  const info = document.index.tables.directory.at(offset);
  return info === undefined ? undefined : { info, offset };
}
