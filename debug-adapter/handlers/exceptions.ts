import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { checkRow, type Fault } from '../../emulator/index.ts';
import type { FaultCause, FaultView } from '../../timeline/index.ts';
import type { WantedBreakpoint } from '../breakpoint-table.ts';
import type { Conversation } from '../conversation.ts';
import { AdapterError } from '../errors.ts';
import { checksOf } from '../exception-filters.ts';
import type { Handlers } from '../requests.ts';

/** Faults as DAP's exceptions: filters, and what stopped. */
export const EXCEPTIONS = {
  setExceptionBreakpoints: async ({ filters, filterOptions = [] }, { conversation }) => {
    const plain = filters.map((filterId) => ({ filterId }));
    const wanted = [...plain, ...filterOptions].map(wantedFor);
    const { session } = conversation.program;
    const group = { kind: 'exception' } as const;
    return { breakpoints: await conversation.breakpoints.replace(session, group, wanted) };
  },

  exceptionInfo: async (_args, { conversation }) => {
    const [fault, ...others] = conversation.stop?.faults ?? [];
    if (fault === undefined) {
      throw new AdapterError('exception', 'The recording does not stand at a fault.');
    }
    const view = await conversation.program.session.inspect({ kind: 'fault', fault });
    return infoOf(view, others, conversation);
  },
} satisfies Partial<Handlers>;

function wantedFor({ filterId, condition }: Dap.ExceptionFilterOptions): WantedBreakpoint {
  return {
    place: { kind: 'fault', checks: checksOf(filterId, condition !== undefined) },
    condition,
    answer: {},
  };
}

function infoOf(
  { fault, evidence, causes }: FaultView,
  others: readonly Fault[],
  conversation: Conversation,
): Dap.ExceptionInfoResponse['body'] {
  const shown = evidence.map(({ name, text }) => `${name}: ${text}`);
  const led = causes.map((cause) => causeText(cause, conversation));
  const also = others.map(({ check, message }) => `also ${check}: ${message}`);
  return {
    exceptionId: fault.check,
    description: ruleText(fault),
    breakMode: 'always',
    details: {
      message: fault.message,
      typeName: fault.check,
      fullTypeName: `vgpu.check.${fault.check}`,
      stackTrace: [...shown, ...led, ...also].join('\n'),
      innerException: [
        ...causes.map((cause, index) => ({ message: led[index] ?? cause.what, typeName: 'cause' })),
        ...others.map((each) => ({ message: ruleText(each), typeName: each.check })),
      ],
    },
  };
}

/** `A write tried to change read-only bits (gvt-facts §2.3). RCS0.…: write of …`. */
function ruleText({ check, message }: Fault): string {
  const row = checkRow(check);
  return row === undefined ? message : `${row.title} (${row.source}). ${message}`;
}

/** With the place where it is read, which editors make a link. */
function causeText({ what, moment, text }: FaultCause, { program, client }: Conversation): string {
  if (moment === undefined) return `${what}: never before`;
  const { document, line } = program.sources.locate(moment.record);
  const { path } = program.sources.toSource(document, client);
  const inside = moment.event === 0 ? '' : `, event ${moment.event}`;
  const where = `record ${moment.record}${inside}`;
  return `${what}: ${text ?? ''} (${where}) at ${path ?? document.name}:${line}`;
}
