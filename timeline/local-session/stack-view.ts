import { isAccess, RecordKind } from '../../trace/index.ts';
import type { Fold } from '../fold/fold-index.ts';
import type { StackFrame, StackView } from '../inspection.ts';
import { placeText, valueText } from '../listing/access-text.ts';
import { grouped } from '../listing/line.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { CommandDocuments } from './command-documents.ts';
import type { DeviceViews } from './device-views.ts';
import { engineFrames } from './engine-frames.ts';

/** What a stack is made of besides the recording. */
export interface StackParts {
  readonly directory: RegisterDirectory;
  readonly foldAt: (record: number) => Fold | undefined;
  readonly views: DeviceViews | undefined;
  readonly documents: CommandDocuments | undefined;
}

/**
 * An engine's thread: what it is at, and below that the access whose record replay is inside of. The driver's: the
 * access, the fold it is part of, and the driver's own functions where the recording has them. `record`: the one that
 * the driver is at, the next one if absent.
 */
export function stackView(
  playhead: Playhead,
  parts: StackParts,
  thread: string | undefined,
  record = playhead.position,
): StackView {
  if (thread === undefined) return driverStack(playhead, parts, record);
  const { views, documents } = parts;
  const engine = views?.engines().find(({ name }) => name === thread);
  const own = engine === undefined ? [] : engineFrames(engine, documents, playhead.position);
  if (own.length > 0 && !playhead.inside) return { frames: own, driver: [] };
  const { frames, driver } = driverStack(playhead, parts, playhead.position);
  return { frames: [...own, ...frames], driver };
}

function driverStack(
  { store }: Playhead,
  { directory, foldAt }: StackParts,
  record: number,
): StackView {
  if (record >= store.length) {
    const end: StackFrame = {
      name: store.length === 0 ? 'the captured moment' : 'end of the recording',
      record: store.length,
      kind: 'access',
    };
    return { frames: [end], driver: [] };
  }
  const frames: StackFrame[] = [
    { name: recordName(store, record, directory), record, kind: 'access' },
  ];
  const fold = foldAt(record);
  if (fold !== undefined) {
    const name = `${fold.kind.title}, ${grouped(fold.accesses)} accesses`;
    frames.push({ name, record: fold.first, kind: 'fold' });
  }
  return { frames, driver: store.stack(record) };
}

/** `RCS0.RING_TAIL write 0x00000040`; of what is no access, its kind. */
export function recordName(
  store: Playhead['store'],
  record: number,
  directory: RegisterDirectory,
): string {
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
