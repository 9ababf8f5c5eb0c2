import type { CommandRange, CommandValue, LevelValue } from '../../emulator/index.ts';
import type { DisassemblyView, InstructionAddress, InstructionView } from '../inspection.ts';
import type { DeviceViews } from './device-views.ts';

/** Commands that are read in one go, and at most before an address. */
const CHUNK = 512;
const MOST_WALKED = 65_536;
/** Commands that one answer has at most, on either side. */
const MOST_ASKED = 10_000;

interface Query {
  readonly at: InstructionAddress;
  readonly before: number;
  readonly count: number;
}

/** Commands around an address, as they stand in memory. */
export function disassembly(
  views: Pick<DeviceViews, 'engines' | 'commands'> | undefined,
  { at, before, count }: Query,
): DisassemblyView {
  if (views === undefined) return { commands: [], index: 0 };
  const level = levelOf(views, at);
  const wanted = Math.min(Math.max(0, before), MOST_ASKED);
  const earlier =
    wanted === 0 || level === undefined ? [] : commandsBefore(views, at, level, wanted);
  const most = Math.min(Math.max(0, count - before), MOST_ASKED);
  const range = { ...rangeOf(at.engine, level, at), address: at.address, most };
  const later = most === 0 ? [] : views.commands(range);
  return { commands: [...earlier, ...later].map(instructionView), index: earlier.length };
}

function levelOf(
  views: Pick<DeviceViews, 'engines' | 'commands'>,
  at: InstructionAddress,
): LevelValue | undefined {
  const levels = views.engines().find(({ name }) => name === at.engine)?.levels ?? [];
  return levels[levelAt(levels, at)];
}

/** Number of the open batch or ring on whose way the address lies: the innermost one; -1 where there is none. */
export function levelAt(
  levels: readonly LevelValue[],
  at: Pick<InstructionAddress, 'space' | 'address'>,
): number {
  return levels.findLastIndex(
    ({ space, ring, start }) =>
      space === at.space &&
      (ring === undefined
        ? start <= at.address
        : at.address >= ring.start && at.address < ring.start + ring.size),
  );
}

/** Commands have no length that could be read backwards: they are read from where the level begins. */
function commandsBefore(
  views: Pick<DeviceViews, 'commands'>,
  at: InstructionAddress,
  level: LevelValue,
  wanted: number,
): readonly CommandValue[] {
  const found: CommandValue[] = [];
  let address = level.start;
  while (address !== at.address && found.length < MOST_WALKED) {
    const chunk = views.commands({ ...rangeOf(at.engine, level, at), address, most: CHUNK });
    const end = chunk.findIndex((each) => each.address === at.address);
    if (end >= 0) return [...found, ...chunk.slice(0, end)].slice(-wanted);
    const last = chunk.at(-1);
    if (last?.name === undefined || chunk.length < CHUNK) {
      const isNext = last?.name !== undefined && last.address + last.bytes === at.address;
      return isNext ? [...found, ...chunk].slice(-wanted) : [];
    }
    found.push(...chunk);
    address = afterOf(last, level);
  }
  return found.slice(-wanted);
}

function rangeOf(
  engine: string,
  level: LevelValue | undefined,
  { space, address }: InstructionAddress,
): CommandRange {
  const range = { engine, space, address, most: CHUNK };
  if (level === undefined) return range;
  const { ring, end } = level;
  if (ring !== undefined) return { ...range, end: ring.tail, ring };
  return end === undefined ? range : { ...range, end };
}

function afterOf({ address, bytes }: CommandValue, { ring }: LevelValue): number {
  const after = address + bytes;
  return ring !== undefined && after >= ring.start + ring.size ? after - ring.size : after;
}

function instructionView({ address, bytes, text, dwords, name }: CommandValue): InstructionView {
  return { address, bytes, text, dwords, isInvalid: name === undefined };
}
