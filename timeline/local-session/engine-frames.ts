import type { ContextValue, EngineValue, LevelValue } from '../../emulator/index.ts';
import type { InstructionAddress, StackFrame } from '../inspection.ts';
import { hex } from '../register-directory.ts';
import type { CommandDocuments, EngineLevel } from './command-documents.ts';

/** What an engine is at: the command that comes next, the batches that it is in, the ring, the context. */
export function engineFrames(
  engine: EngineValue,
  documents: CommandDocuments | undefined,
  record: number,
): StackFrame[] {
  const { running, levels, phase, name } = engine;
  const context = running?.contexts[running.current];
  const frames: StackFrame[] = [];
  for (let depth = levels.length - 1; depth >= 0; depth--) {
    const level = levels[depth];
    if (level === undefined) continue;
    const where = { engine: name, context: context?.lrca ?? 0, level };
    const innermost = depth === levels.length - 1;
    const command = innermost ? commandFrame(engine, where, documents, record) : undefined;
    if (command !== undefined) frames.push(command);
    const place = command?.place ?? documents?.placeOf(where, level.address, record, true);
    frames.push({
      name: `${level.kind} at ${hex(level.ring?.start ?? level.start)}`,
      kind: 'level',
      record,
      depth,
      ...(isEmpty(level) ? {} : { instruction: instructionOf(name, level) }),
      ...(place === undefined ? {} : { place }),
    });
  }
  if (context !== undefined) {
    const next = phase === 'restore' ? ', loaded next' : '';
    frames.push({ name: `${contextName(context)}${next}`, kind: 'context', record });
  }
  return frames;
}

function commandFrame(
  engine: EngineValue,
  where: EngineLevel,
  documents: CommandDocuments | undefined,
  record: number,
): StackFrame {
  const { level } = where;
  if (isEmpty(level)) return endFrame(engine, where, documents, record);
  const place = documents?.placeOf(where, level.address, record, false);
  const text = documents?.commandAt(where, level.address)?.text ?? 'command';
  const stall = engine.stall === 'none' ? '' : ` (${stallText(engine.stall)})`;
  return {
    name: `${text}${stall}`,
    kind: 'command',
    record,
    instruction: instructionOf(engine.name, level),
    ...(place === undefined ? {} : { place }),
  };
}

function instructionOf(engine: string, { space, address }: LevelValue): InstructionAddress {
  return { engine, space, address };
}

/** The ring has run empty: behind its last command. */
function endFrame(
  { name, running }: EngineValue,
  where: EngineLevel,
  documents: CommandDocuments | undefined,
  record: number,
): StackFrame {
  const place = documents?.placeOf(where, where.level.address, record, true);
  const next = running === undefined ? 'is idle next' : 'saves its context next';
  return {
    name: `${name} ${next}`,
    kind: 'command',
    record,
    ...(place === undefined ? {} : { place }),
  };
}

/** All of the ring has been executed. */
export function isEmpty({ ring, address }: LevelValue): boolean {
  return ring !== undefined && ring.tail === address;
}

/** Why an engine that has work does not go on. */
export function stallText(stall: string): string {
  if (stall === 'budget') return 'goes on with the next millisecond';
  if (stall === 'semaphore') return 'waits for a semaphore';
  if (stall === 'captured') return 'as it was captured';
  return `stalled: ${stall}`;
}

function contextName({ lrca, id }: ContextValue): string {
  return `context ${hex(lrca)}, id ${hex(id)}`;
}
