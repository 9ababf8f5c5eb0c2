import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { WantedBreakpoint } from '../breakpoint-table.ts';
import type { Conversation } from '../conversation.ts';
import { parseDataId } from '../data-id.ts';
import { watchable } from '../data-target.ts';
import { functionPlace } from '../function-place.ts';
import { findInstruction, formatInstructionReference } from '../instruction-reference.ts';
import type { Handlers } from '../requests.ts';
import { commandDocument } from '../sources/command-sources.ts';

/** Every kind of breakpoint; all of them work in both directions. */
export const BREAKPOINTS = {
  setBreakpoints: async (args, { conversation }) => {
    const { source, breakpoints } = args;
    const { program, client, commandBreakpoints } = conversation;
    const commands = commandDocument(source.sourceReference);
    if (commands !== undefined) {
      return { breakpoints: await commandBreakpoints.replace(conversation, commands, args) };
    }
    const document = program.sources.find(source, client);
    const wanted = (breakpoints ?? []).map((each) =>
      document === undefined
        ? { answer: { message: elsewhere(source, conversation) } }
        : lineBreakpoint(conversation, document, each),
    );
    const group = { kind: 'line', document: document?.key ?? keyOf(source) } as const;
    return { breakpoints: await conversation.breakpoints.replace(program.session, group, wanted) };
  },

  setFunctionBreakpoints: async ({ breakpoints }, { conversation }) => {
    const wanted = breakpoints.map(
      ({ name, condition, hitCondition }): WantedBreakpoint => ({
        place: functionPlace(name),
        condition,
        hitCondition,
        answer: {},
      }),
    );
    const { session } = conversation.program;
    return {
      breakpoints: await conversation.breakpoints.replace(session, { kind: 'function' }, wanted),
    };
  },

  setDataBreakpoints: async ({ breakpoints }, { conversation }) => {
    const { session } = conversation.program;
    return {
      breakpoints: await conversation.breakpoints.replace(
        session,
        { kind: 'data' },
        breakpoints.map(dataBreakpoint),
      ),
    };
  },

  setInstructionBreakpoints: async ({ breakpoints }, { conversation }) => {
    const { session } = conversation.program;
    const wanted = breakpoints.map(instructionBreakpoint);
    return {
      breakpoints: await conversation.breakpoints.replace(session, { kind: 'instruction' }, wanted),
    };
  },

  dataBreakpointInfo: async (args, { conversation }) => await watchable(conversation, args),

  breakpointLocations: async ({ source, line, endLine }, { conversation }) => {
    const { program, client, commandBreakpoints } = conversation;
    const last = Math.min(client.lineIn(endLine ?? line), client.lineIn(line) + MAX_LOCATIONS);
    const commands = commandDocument(source.sourceReference);
    if (commands !== undefined) {
      const first = client.lineIn(line);
      const lines = await commandBreakpoints.linesBetween(conversation, commands, first, last);
      return { breakpoints: lines.map((each) => ({ line: client.lineOut(each) })) };
    }
    const document = program.sources.find(source, client);
    if (document === undefined) return { breakpoints: [] };
    const breakpoints: Dap.BreakpointLocation[] = [];
    for (let at = client.lineIn(line); at <= last; at++) {
      const place = program.sources.stopAt(document, at);
      if (place === undefined || place.line > last) break;
      breakpoints.push({ line: client.lineOut(place.line) });
      at = place.line;
    }
    return { breakpoints };
  },
} satisfies Partial<Handlers>;

/** Lines that one `breakpointLocations` looks at; editors ask for what is on the screen. */
const MAX_LOCATIONS = 10_000;

function lineBreakpoint(
  { program, client }: Conversation,
  document: Parameters<typeof program.sources.stopAt>[0],
  { line, condition, hitCondition, logMessage }: Dap.SourceBreakpoint,
): WantedBreakpoint {
  const place = program.sources.stopAt(document, client.lineIn(line));
  if (place === undefined) {
    return { answer: { line, message: 'No access follows on this page, so nothing stops here.' } };
  }
  return {
    place: { kind: 'record', record: place.record },
    condition,
    hitCondition,
    logMessage,
    answer: {
      line: client.lineOut(place.line),
      source: program.sources.toSource(document, client),
    },
  };
}

function dataBreakpoint(asked: Dap.DataBreakpoint): WantedBreakpoint {
  const target = parseDataId(asked.dataId);
  const { condition, hitCondition } = asked;
  if (target === undefined) {
    return { answer: { message: `'${asked.dataId}' does not name anything that can be watched.` } };
  }
  const access = asked.accessType ?? 'write';
  // Every write of a register writes all its fields: for one of them, only a new value is news.
  const change = access === 'write' && target.bits !== undefined;
  return {
    place: { kind: 'data', target, access: change ? 'change' : access },
    condition,
    hitCondition,
    answer: {},
  };
}

function instructionBreakpoint({
  instructionReference,
  offset = 0,
  condition,
  hitCondition,
}: Dap.InstructionBreakpoint): WantedBreakpoint {
  const place = findInstruction(instructionReference, offset);
  const reference = instructionReference;
  if (place === undefined) {
    const message = `'${reference}' is no place of a command; they are such as RCS0.ppgtt:0x1000.`;
    return { answer: { message } };
  }
  return {
    place: { kind: 'instruction', ...place },
    condition,
    hitCondition,
    answer: { instructionReference: formatInstructionReference(place) },
  };
}

function elsewhere(source: Dap.Source, { program }: Conversation): string {
  const name = source.name ?? source.path ?? 'This document';
  return `${name} is not part of the recording that is debugged (${program.session.summary.name}).`;
}

function keyOf(source: Dap.Source): string {
  return source.path ?? source.name ?? String(source.sourceReference ?? '');
}
