import type { Call } from '../call.ts';
import type { Conversation } from '../conversation.ts';
import { AdapterError } from '../errors.ts';
import { assign } from '../evaluate-expression.ts';
import { sessionOf } from '../guest-session.ts';
import type { Handlers } from '../requests.ts';
import { type Container, listOf, type Row } from '../variables/row.ts';
import { childNamed, pageOf } from '../variables/variable-table.ts';

/** The Variables view. */
export const VARIABLES = {
  variables: async ({ variablesReference, filter, start, count, format }, { conversation }) => {
    const { variables, client } = conversation;
    conversation.format.hex = format?.hex === true;
    const container = variables.container(variablesReference);
    const rows = await pageOf(container, { filter, start, count });
    const guest = variables.guestOf(variablesReference);
    return { variables: rows.map((row) => variables.toVariable(row, client.paging, guest)) };
  },

  setVariable: async ({ variablesReference, name, value }, call) => {
    const { variables } = call.conversation;
    const container = variables.container(variablesReference);
    const guest = variables.guestOf(variablesReference);
    const row = await childNamed(container, name);
    if (row === undefined) {
      throw new AdapterError('notChanged', `There is no '${name}' here that could be changed.`);
    }
    await change(call.conversation, row, value, guest);
    return await changed(call, container, name, guest);
  },
} satisfies Partial<Handlers>;

async function change(
  conversation: Conversation,
  row: Row,
  text: string,
  guest: number | undefined,
): Promise<void> {
  conversation.runs.requireStopped();
  const session = sessionOf(conversation.program.session, guest);
  if (row.assign !== undefined) return await row.assign(text);
  if (row.settable !== true || row.expression === undefined) {
    throw new AdapterError(
      'notChanged',
      `'${row.name}' is part of the recording or computed; it cannot be changed.`,
    );
  }
  await assign(session, row.expression, text);
}

/** The row as it is now: hardware may keep less of a value than was set. */
async function changed(
  { conversation, afterResponse }: Call,
  container: Container,
  name: string,
  guest: number | undefined,
) {
  const { variables, client } = conversation;
  afterResponse(() => conversation.announceChange());
  const row = (await childNamed(container, name)) ?? { name, value: '', children: listOf([]) };
  const variable = variables.toVariable(row, client.paging, guest);
  const { value, type, variablesReference, indexedVariables, memoryReference } = variable;
  return {
    value,
    variablesReference,
    ...(type === undefined ? {} : { type }),
    ...(indexedVariables === undefined ? {} : { indexedVariables }),
    ...(memoryReference === undefined ? {} : { memoryReference }),
  };
}
