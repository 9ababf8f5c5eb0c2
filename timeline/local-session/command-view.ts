import type { EngineValue, LevelValue } from '../../emulator/index.ts';
import type { CommandView, InstructionAddress } from '../inspection.ts';
import type { CommandDocuments } from './command-documents.ts';
import { decodedCommand } from './decoded-command.ts';
import type { DeviceViews } from './device-views.ts';
import { levelAt } from './disassembly.ts';
import { isEmpty } from './engine-frames.ts';

type Place = Pick<InstructionAddress, 'space' | 'address'>;

/** The command that an engine executes next, as memory is now; undefined where there is none. */
export function nextCommand(
  views: DeviceViews,
  documents: CommandDocuments,
  engine: EngineValue,
): CommandView | undefined {
  const level = engine.levels.at(-1);
  if (level === undefined || isEmpty(level)) return undefined;
  return commandOf(views, documents, engine, engine.levels);
}

/** Commands begin at whole dwords. */
const DWORD = 4;

/** What stands at a place, be it in what the engine has open or not; undefined where no command can stand. */
export function commandAtPlace(
  views: DeviceViews,
  documents: CommandDocuments,
  engine: EngineValue,
  { space, address }: Place,
): CommandView | undefined {
  if (address % DWORD !== 0) return undefined;
  const index = levelAt(engine.levels, { space, address });
  const level = engine.levels[index] ?? { kind: 'batch', space, start: address, address };
  const way = [...engine.levels.slice(0, Math.max(0, index)), { ...level, address }];
  const command = commandOf(views, documents, engine, way);
  if (command === undefined) return undefined;
  // Whether a batch goes as far as there is not known: its length is not.
  const { level: _level, ...rest } = command;
  return rest;
}

function commandOf(
  views: DeviceViews,
  documents: CommandDocuments,
  { name }: EngineValue,
  levels: readonly LevelValue[],
): CommandView | undefined {
  const level = levels.at(-1);
  if (level === undefined) return undefined;
  const command = documents.commandAt({ engine: name, context: 0, level }, level.address, true);
  if (command === undefined) return undefined;
  const { kind, space } = level;
  const decoded = decodedCommand(views, { name, levels }, command);
  return { ...command, ...decoded, engine: name, level: kind, space };
}
