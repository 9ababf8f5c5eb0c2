import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { EvaluateView } from '../../timeline/index.ts';
import type { Conversation } from '../conversation.ts';
import { evaluateCommand } from '../evaluate-command.ts';
import { assign, evaluateExpression } from '../evaluate-expression.ts';
import { sessionOf } from '../guest-session.ts';
import { findInstruction } from '../instruction-reference.ts';
import { formatMemoryReference } from '../memory-reference.ts';
import { completeCommand, refuseCommand, runCommand } from '../repl-commands.ts';
import type { Handlers } from '../requests.ts';
import { registerRow } from '../variables/register-rows.ts';

type EvaluateBody = Dap.EvaluateResponse['body'];

/** Watch, hover, Debug Console. */
export const EVALUATE = {
  evaluate: async ({ expression, context, format, frameId }, call) => {
    const { conversation } = call;
    conversation.format.hex = format?.hex === true;
    if (context === 'repl') {
      const answer = await runCommand(call, expression);
      if (answer !== undefined) return { result: answer, variablesReference: 0 };
    }
    const guest = guestAt(conversation, frameId);
    try {
      return await evaluate(conversation, expression, format?.hex, guest);
    } catch (error) {
      // Only now: a label may be called like a command.
      if (context === 'watch') refuseCommand(expression);
      throw error;
    }
  },

  setExpression: async ({ expression, value, frameId }, call) => {
    const { conversation } = call;
    conversation.runs.requireStopped();
    const guest = guestAt(conversation, frameId);
    await assign(sessionOf(conversation.program.session, guest), expression, value);
    call.afterResponse(() => conversation.announceChange());
    const { result, ...rest } = await evaluate(conversation, expression, undefined, guest);
    return { value: result, ...rest };
  },

  completions: async ({ text, column, line }, { conversation }) => {
    const { client, program } = conversation;
    const shown = lineAt(text, line === undefined ? 1 : client.lineIn(line));
    const at = Math.min(client.columnIn(column), shown.length);
    const found = await program.session.inspect({ kind: 'complete', text: shown, column: at });
    const targets = found.map(({ label, kind, detail, start, length }) => ({
      label,
      type: COMPLETION_TYPES[kind],
      start: client.columnOut(start),
      length,
      ...(detail === undefined ? {} : { detail }),
    }));
    const commands = completeCommand(shown.slice(0, at)).map(({ label, detail }) => ({
      label,
      detail,
      type: 'keyword' as const,
      start: client.columnOut(0),
      length: at,
    }));
    return { targets: [...commands, ...targets] };
  },
} satisfies Partial<Handlers>;

const COMPLETION_TYPES = {
  register: 'variable',
  engine: 'module',
  field: 'field',
  space: 'class',
  function: 'function',
  variable: 'variable',
} as const;

/** Of several guests, the one on whose stack it is asked; without a frame the one whose event comes next. */
function guestAt({ threads }: Conversation, frameId: number | undefined): number | undefined {
  return frameId === undefined ? undefined : threads.frameAt(frameId).guest;
}

async function evaluate(
  conversation: Conversation,
  expression: string,
  inHex: boolean | undefined,
  guest: number | undefined,
): Promise<EvaluateBody> {
  const session = sessionOf(conversation.program.session, guest);
  const place = findInstruction(expression, 0);
  if (place !== undefined) return await evaluateCommand(conversation, session, place, guest);
  const view = await evaluateExpression(session, expression);
  const body: EvaluateBody = {
    result: resultText(view, inHex),
    type: view.type,
    variablesReference: 0,
  };
  const { register, memory } = view;
  if (memory !== undefined) body.memoryReference = formatMemoryReference(memory, guest);
  if (register === undefined) return body;
  const row = registerRow(session, register, conversation.format);
  body.memoryReference ??= formatMemoryReference(
    { space: 'mmio', address: register.offset },
    guest,
  );
  // The register's fields can be opened below it; below one of its fields there is nothing.
  const isWhole = view.target !== undefined && view.target.bits === undefined;
  if (isWhole && row.children !== undefined) {
    body.result = row.value;
    body.variablesReference = conversation.variables.add(
      row.children,
      conversation.client.paging,
      guest,
    );
  }
  return body;
}

/** As the timeline writes it, unless the client wants all numbers in hex, or in decimal. */
function resultText({ value, text, type }: EvaluateView, inHex: boolean | undefined): string {
  if (inHex === undefined || type !== 'number' || value?.known !== true) return text;
  const whole = (BigInt(value.high) << 32n) | BigInt(value.low);
  return inHex ? `0x${whole.toString(16)}` : whole.toString();
}

/** One line (from 1 on) of a text that may have several. */
function lineAt(text: string, line: number): string {
  const lines = text.split('\n');
  return lines[Math.max(0, Math.min(line - 1, lines.length - 1))] ?? '';
}
