import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { InstructionAddress, InstructionView } from '../../timeline/index.ts';
import { AdapterError } from '../errors.ts';
import { findInstruction } from '../instruction-reference.ts';
import type { Handlers } from '../requests.ts';

/** Commands in one answer at most, and as far from the place; clients ask for some hundreds. */
const MOST = 10_000;
/** Bytes that stand for one where there is no command. */
const DWORD = 4;

/** The disassembly view: commands around the one that an engine is at. */
export const DISASSEMBLY = {
  disassemble: async (args, { conversation }) => {
    const { memoryReference, offset = 0, instructionOffset = 0, instructionCount } = args;
    const at = findInstruction(memoryReference, offset);
    if (at === undefined) {
      throw new AdapterError(
        'memory',
        `'${memoryReference}' is no place of a command; they are such as RCS0.ppgtt:0x1000.`,
      );
    }
    const count = Math.max(0, Math.min(instructionCount, MOST));
    const before = Math.min(MOST, Math.max(0, -instructionOffset));
    const skipped = Math.min(MOST, Math.max(0, instructionOffset));
    const { commands, index } = await conversation.program.session.inspect({
      kind: 'disassembly',
      at,
      before,
      count: Math.max(before, skipped) + count,
    });
    const earlier = padBefore(
      commands.slice(0, index),
      commands[index]?.address ?? at.address,
      before,
    );
    const later = commands.slice(index);
    const first = before + skipped;
    const all = [...earlier, ...later, ...padBehind(later, at, first + count - before)];
    return { instructions: all.slice(skipped, skipped + count).map(instruction) };
  },
} satisfies Partial<Handlers>;

function instruction({
  address,
  text,
  dwords,
  isInvalid,
}: InstructionView): Dap.DisassembledInstruction {
  return {
    address: `0x${address.toString(16)}`,
    instruction: text,
    ...(dwords.length === 0 ? {} : { instructionBytes: bytesText(dwords) }),
    ...(isInvalid ? { presentationHint: 'invalid' as const } : {}),
  };
}

/** What stands before the first command that is known; clients want as many as they asked for. */
function padBefore(
  known: readonly InstructionView[],
  address: number,
  wanted: number,
): readonly InstructionView[] {
  const first = known[0]?.address ?? address;
  const missing = Math.max(0, wanted - known.length);
  const nothing = Array.from({ length: missing }, (_, index) =>
    noCommand(Math.max(0, first - (missing - index) * DWORD)),
  );
  return [...nothing, ...known];
}

function padBehind(
  known: readonly InstructionView[],
  { address }: InstructionAddress,
  wanted: number,
): readonly InstructionView[] {
  const last = known.at(-1);
  const from = last === undefined ? address : last.address + last.bytes;
  const missing = Math.max(0, wanted - known.length);
  return Array.from({ length: missing }, (_, index) => noCommand(from + index * DWORD));
}

function noCommand(address: number): InstructionView {
  return { address, bytes: DWORD, text: '–', dwords: [], isInvalid: true };
}

/** Dwords that are shown: VS Code writes them before the command, however many there are. */
const MOST_SHOWN = 4;

function bytesText(dwords: readonly number[]): string {
  const shown = dwords.slice(0, MOST_SHOWN).map(dwordText).join(' ');
  return dwords.length > MOST_SHOWN ? `${shown} …` : shown;
}

function dwordText(dword: number): string {
  return dword.toString(16).padStart(8, '0');
}
