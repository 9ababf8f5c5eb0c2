import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { InstructionAddress, TimelineSession } from '../timeline/index.ts';
import type { Conversation } from './conversation.ts';
import { AdapterError } from './errors.ts';
import { formatInstructionReference } from './instruction-reference.ts';
import { formatMemoryReference } from './memory-reference.ts';
import { commandAtGlance } from './variables/command-rows.ts';
import { listOf } from './variables/row.ts';

/**
 * The command at a place such as `RCS0.ggtt:0x1000`, with all its fields below it; as memory is now.
 * Throws `evaluation` where there is none.
 */
export async function evaluateCommand(
  { variables, client }: Conversation,
  session: TimelineSession,
  at: InstructionAddress,
  guest: number | undefined,
): Promise<Dap.EvaluateResponse['body']> {
  const command = await session.inspect({ kind: 'command', engine: at.engine, at });
  if (command === undefined) {
    throw new AdapterError('evaluation', await whyNot(session, at));
  }
  const { space, address } = at;
  const whose = guestNamed(at.engine) ?? guest;
  return {
    result: command.text,
    type: 'GPU command',
    variablesReference: variables.add(listOf(commandAtGlance(command)), client.paging, whose),
    ...(space === 'ggtt'
      ? { memoryReference: formatMemoryReference({ space, address }, whose) }
      : {}),
  };
}

/** Of several guests, the one whose engine it is: `vGPU2.RCS0`. */
function guestNamed(engine: string): number | undefined {
  const number = /^vGPU([1-7])\./.exec(engine)?.[1];
  return number === undefined ? undefined : Number(number) - 1;
}

async function whyNot(session: TimelineSession, at: InstructionAddress): Promise<string> {
  const names = (await session.inspect({ kind: 'engines' })).map(({ name }) => name);
  return names.includes(at.engine)
    ? `There is no command at ${formatInstructionReference(at)}.`
    : `There is no engine ${at.engine}; there are ${names.join(', ') || 'none'}.`;
}
