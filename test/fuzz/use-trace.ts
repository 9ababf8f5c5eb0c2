import { fieldCatalog, isSupportedPlatform } from '../../emulator/index.ts';
import {
  createLocalSession,
  type DecodeListener,
  decodeDump,
  decodeRecorded,
  dumpView,
  type Inspection,
  listingFor,
  modelFor,
  registersFor,
  type TimelineSession,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';

const NEVER = { cancelled: false };

/** What scopes, views and watches ask. */
const QUESTIONS: readonly Inspection[] = [
  { kind: 'access' },
  { kind: 'stack' },
  { kind: 'engines' },
  { kind: 'blocks' },
  { kind: 'ggtt', start: 0, count: 16 },
  { kind: 'walk', space: 'ggtt', address: 0x1000 },
  { kind: 'interrupts' },
  { kind: 'screen' },
  { kind: 'shadow' },
  { kind: 'pvinfo' },
  { kind: 'config' },
  { kind: 'memory', space: 'ggtt', address: 0, count: 64 },
  { kind: 'evaluate', expression: 'mmio[0x2030] + ggtt[0x1000]' },
  { kind: 'hash' },
];

/** Does with an opened trace what a debugger, an editor and `vgpu decode` would. Throws where one of them does. */
export async function useTrace(trace: OpenedTrace): Promise<void> {
  const directory = registersFor(trace);
  const listing = listingFor(trace, directory);
  listing.text({ kind: 'window', n: 0 });
  decode(trace);
  const model = modelFor(trace);
  if ('problem' in model) {
    if (!/^.{10,}\.$/s.test(model.problem)) throw new Error(`No sentence: ${model.problem}`);
    return;
  }
  const session = createLocalSession({ trace, ...model, folds: listing.folds });
  await ask(session);
  for (const kind of ['in', 'next', 'out', 'back', 'in'] as const) await session.step(kind, NEVER);
  await ask(session);
  await session.resume('forward', NEVER);
  await ask(session);
  for (const kind of ['back', 'backIn', 'in'] as const) await session.step(kind, NEVER);
  await session.resume('backward', NEVER);
  await session.close();
}

async function ask(session: TimelineSession): Promise<void> {
  for (const question of QUESTIONS) await session.inspect(question);
  for (const { name } of await session.inspect({ kind: 'engines' })) {
    await session.inspect({ kind: 'engine', name });
    await session.inspect({ kind: 'command', engine: name });
    await session.inspect({ kind: 'stack', thread: name });
  }
}

const NOBODY: DecodeListener = {
  run: () => undefined,
  command: () => undefined,
  note: () => undefined,
  fact: () => undefined,
};

function decode({ store, snapshot, device: { platform = 'skl' } }: OpenedTrace): void {
  const catalog = fieldCatalog(platform);
  const known = isSupportedPlatform(platform) ? platform : undefined;
  if (snapshot !== undefined) dumpView(snapshot, known);
  if (catalog === undefined) return;
  if (snapshot !== undefined) decodeDump(snapshot, catalog, NOBODY);
  if (store.length > 0) decodeRecorded(store, catalog, NOBODY);
}
