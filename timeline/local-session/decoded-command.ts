import {
  CommandDecoder,
  type CommandMemory,
  type CommandValue,
  type EngineValue,
  type FieldCatalog,
  type FieldValue,
  fieldCatalog,
  type LevelValue,
  type StateTree,
  valueText,
} from '../../emulator/index.ts';
import type { CommandFieldView, CommandStateView, CommandView } from '../inspection.ts';
import { hex } from '../register-directory.ts';
import type { DeviceViews } from './device-views.ts';

/** Commands of a level that are looked at for what later ones rely on. */
const MOST_PASSED = 65_536;

/** An engine, and how it comes to a command: the ring and the batches that are open there, the innermost last. */
export type WayToCommand = Pick<EngineValue, 'name' | 'levels'>;

/** All fields of the command at the end of a way, and what it points to, as memory is now. */
export function decodedCommand(
  views: DeviceViews,
  engine: WayToCommand,
  command: CommandValue,
): Pick<CommandView, 'fields' | 'state'> {
  const catalog = fieldCatalog(views.platform);
  const level = engine.levels.at(-1);
  if (catalog === undefined || level === undefined) return { fields: [], state: [] };
  const decoder = decoderAt(views, engine, catalog, command.dwords[0] ?? 0);
  const { space, ring } = level;
  // What a ring's commands point to is the context's.
  const of = ring === undefined ? space : 'ppgtt';
  const place = { space, address: command.address, engine: unitOf(engine.name) };
  const { fields, state } = decoder.decode(command.dwords, { ...place, state: of });
  return { fields: fields.map(fieldView), state: state.map((each) => stateView(each, of)) };
}

/**
 * With what the commands have set that were executed before in the batches and the ring that are open, if a command
 * that begins with `header` has any use for that.
 */
function decoderAt(
  views: DeviceViews,
  { name, levels }: WayToCommand,
  catalog: FieldCatalog,
  header: number,
): CommandDecoder {
  const memory: CommandMemory = {
    dword: (space, address) => views.dword(name, space, address),
  };
  const decoder = new CommandDecoder(catalog, memory);
  const unit = unitOf(name);
  if (!decoder.follows(header, unit)) return decoder;
  for (const level of levels) passLevel(decoder, level, unit);
  return decoder;
}

function passLevel(decoder: CommandDecoder, level: LevelValue, engine: string): void {
  const { space, start, ring } = level;
  let at = start;
  for (let passed = 0; passed < MOST_PASSED && at !== level.address; passed++) {
    const place = { space, address: at, engine, ...(ring === undefined ? {} : { ring }) };
    const length = decoder.passOver(place);
    if (length === undefined) return;
    at += length * 4;
    if (ring !== undefined && at >= ring.start + ring.size) at -= ring.size;
  }
}

/** `RCS0` also of `vGPU2.RCS0`. */
function unitOf(engine: string): string {
  return engine.slice(engine.lastIndexOf('.') + 1);
}

function fieldView(field: FieldValue): CommandFieldView {
  const { name, bit, plan, fields } = field;
  const low = bit % 32;
  return {
    name,
    dword: bit >>> 5,
    low,
    high: low + plan.width - 1,
    value: valueText(field),
    fields: fields.map(fieldView),
  };
}

function stateView(state: StateTree, space: string): CommandStateView {
  const { kind, title, address, offset, bytes, words, fields, problem } = state;
  const where = kind === 'register' ? hex(address) : `${space} ${hex(address)}`;
  const parts = [
    kind === 'register' ? hex(words[0] ?? 0, 8) : where,
    ...(offset === undefined ? [] : [`base + ${hex(offset)}`]),
    ...(kind === 'register' ? [`at ${where}`] : [`${bytes} bytes`]),
    ...(problem === undefined ? [] : [problem]),
  ];
  return {
    title,
    text: parts.join(', '),
    fields: fields.map(fieldView),
    words: fields.length > 0 ? [] : words,
  };
}
