import { isAccess, RecordKind } from '../../trace/index.ts';
import type { FoldIndex } from '../fold/fold-index.ts';
import type { StackView } from '../inspection.ts';
import { placeText, valueText } from '../listing/access-text.ts';
import { grouped } from '../listing/line.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';

type Frame = StackView['frames'][number];

/** The access, the fold it is part of, and the driver's own functions where the recording has them. */
export function stackView(
  { store, position: record }: Playhead,
  directory: RegisterDirectory,
  folds: FoldIndex,
): StackView {
  if (record >= store.length) {
    const end: Frame = { name: 'end of the recording', record: store.length, kind: 'access' };
    return { frames: [end], driver: [] };
  }
  const frames: Frame[] = [{ name: nameOf(store, record, directory), record, kind: 'access' }];
  const fold = folds.at(record);
  if (fold !== undefined) {
    const name = `${fold.kind.title}, ${grouped(fold.accesses)} accesses`;
    frames.push({ name, record: fold.first, kind: 'fold' });
  }
  return { frames, driver: store.stack(record) };
}

function nameOf(store: Playhead['store'], record: number, directory: RegisterDirectory): string {
  const kind = store.kind(record);
  if (!isAccess(kind)) return KIND_NAMES[kind] ?? `record ${record}`;
  const direction = kind === RecordKind.read ? 'read' : 'write';
  return `${placeText(store, record, directory)} ${direction} ${valueText(store, record)}`;
}

/** What a record that is no access is called on the stack. */
const KIND_NAMES: Partial<Record<RecordKind, string>> = {
  [RecordKind.memory]: 'guest memory shown',
  [RecordKind.interrupt]: 'interrupt',
  [RecordKind.command]: 'command',
  [RecordKind.commandRead]: 'command reads a register',
  [RecordKind.commandWrite]: 'command writes a register',
  [RecordKind.deviceWrite]: 'device writes memory',
  [RecordKind.note]: 'note',
  [RecordKind.unknownAccess]: 'unknown access',
  [RecordKind.mapping]: 'mapping',
};
