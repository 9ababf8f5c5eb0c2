import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { type DataTarget, targetProblem } from '../timeline/index.ts';
import type { Conversation } from './conversation.ts';
import { formatDataId } from './data-id.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import { bytesInside, type MemoryAddress, parseMemoryReference } from './memory-reference.ts';
import { hex } from './variables/format.ts';
import { childNamed } from './variables/variable-table.ts';

type Info = Dap.DataBreakpointInfoResponse['body'];

/** What can be watched of a variable, an expression or an address; a sentence where nothing can. */
export async function watchable(
  conversation: Conversation,
  args: Dap.DataBreakpointInfoArguments,
): Promise<Info> {
  if (args.variablesReference !== undefined && args.variablesReference > 0) {
    const container = conversation.variables.container(args.variablesReference);
    const row = await childNamed(container, args.name);
    return row?.target === undefined
      ? none(`'${args.name}' is not something that an access can change.`)
      : info(row.target, row.expression ?? row.name);
  }
  if (args.asAddress === true) return addressInfo(args.name, args.bytes ?? 4);
  return await expressionInfo(conversation, args.name, args.bytes);
}

function addressInfo(name: string, bytes: number): Info {
  const place = parseMemoryReference(name);
  const size = Math.floor(bytes);
  if (size < 1 || bytesInside(place, size) < size) {
    return none(`${name} and ${bytes} bytes from there do not lie inside of ${place.space}.`);
  }
  const target = targetAt(place, size);
  return target === undefined
    ? none('The aperture is watched where it leads to: use ggtt: or memory: with the address.')
    : info(target, `${place.space} ${hex(place.address)}, ${size} bytes`);
}

/** The aperture has no contents of its own: its bytes are those of the pages behind it. */
function targetAt({ space, address }: MemoryAddress, size: number): DataTarget | undefined {
  return space === 'aperture' ? undefined : { space, address, size };
}

async function expressionInfo(
  conversation: Conversation,
  expression: string,
  bytes: number | undefined,
): Promise<Info> {
  const { session } = conversation.program;
  const { target } = await evaluateExpression(session, expression);
  if (target === undefined) {
    return none(
      `'${expression}' is computed; a register, a field, ggtt[…] or mem32[…] can be watched.`,
    );
  }
  return info(bytes === undefined ? target : { ...target, size: bytes }, expression);
}

/** What would be refused when it is set is not offered. */
function info(target: DataTarget, description: string): Info {
  const problem = targetProblem(target);
  if (problem !== undefined) return none(problem);
  return {
    dataId: formatDataId(target),
    description,
    accessTypes: ['read', 'write', 'readWrite'],
    canPersist: true,
  };
}

function none(reason: string): Info {
  return { dataId: null, description: reason };
}
