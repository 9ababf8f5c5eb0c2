import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { BreakpointPlace, CommandText } from '../timeline/index.ts';
import type { BreakpointTable, WantedBreakpoint } from './breakpoint-table.ts';
import type { Client } from './client.ts';
import type { EventSink } from './event-sink.ts';
import type { Program } from './program.ts';
import { commandSource } from './sources/command-sources.ts';

/** What these need of the conversation. */
interface Surroundings {
  readonly program: Pick<Program, 'session'>;
  readonly client: Client;
  readonly breakpoints: BreakpointTable;
  readonly send: EventSink;
}

type Instruction = Extract<BreakpointPlace, { kind: 'instruction' }>;

/** A command's line in a ring or batch, 1-based. */
interface Shown {
  readonly document: number;
  readonly title: string;
  readonly line: number;
}

interface SetBreakpoint {
  readonly place: Instruction;
  /** Where the client set it. */
  readonly asked: Shown;
  /** Where the client shows it. */
  shown: Shown;
}

/**
 * Line breakpoints in rings and batches. Each belongs to an address of an address space: where other commands have
 * come to stand there it is shown in the document that has these, and stops all the same.
 */
export class CommandBreakpoints {
  /** Those that are set, by their id. */
  readonly #set = new Map<number, SetBreakpoint>();

  /** Replaces those of one document; `source` is what the client calls it. */
  async replace(
    conversation: Surroundings,
    document: number,
    { source, breakpoints = [] }: Dap.SetBreakpointsArguments,
  ): Promise<Dap.Breakpoint[]> {
    const { program, client } = conversation;
    const text = await commandText(conversation, document, source);
    const before = [...this.#set].filter(([, { asked }]) => asked.document === document);
    const set = breakpoints.map((each): { wanted: WantedBreakpoint; now?: SetBreakpoint } => {
      const found = text && commandAt(text, client.lineIn(each.line));
      if (text === undefined || found === undefined) {
        const message = text === undefined ? unread(source) : 'No command follows in this text.';
        return { wanted: { answer: { line: each.line, message } } };
      }
      const asked = { document, title: text.title, line: found.line };
      const earlier = before.find(
        ([
          ,
          {
            asked: { line },
          },
        ]) => line === found.line,
      )?.[1];
      const shown = earlier?.shown ?? asked;
      const { condition, hitCondition, logMessage } = each;
      const answer = placed(conversation, shown);
      const { place } = found;
      return {
        wanted: { place, condition, hitCondition, logMessage, answer },
        now: { place, asked, shown },
      };
    });
    const group = { kind: 'line', document: `commands ${document}` } as const;
    const wanted = set.map((each) => each.wanted);
    const answers = await conversation.breakpoints.replace(program.session, group, wanted);
    for (const [id] of before) this.#set.delete(id);
    for (const [index, { id, verified }] of answers.entries()) {
      const now = set[index]?.now;
      if (now !== undefined && id !== undefined && verified) this.#set.set(id, now);
    }
    return answers;
  }

  /** Tells the client of breakpoints that are in one of the documents in which engines now stand. */
  async follow(conversation: Surroundings, documents: readonly number[]): Promise<void> {
    for (const document of this.#set.size === 0 ? [] : new Set(documents)) {
      const text = await commandText(conversation, document);
      if (text === undefined) continue;
      for (const [id, each] of this.#set) {
        if (documents.includes(each.shown.document)) continue;
        const line = lineOf(text, each.place);
        if (line === undefined) continue;
        each.shown = { document, title: text.title, line };
        const breakpoint = { id, verified: true, ...placed(conversation, each.shown) };
        conversation.send('breakpoint', { reason: 'changed', breakpoint });
      }
    }
  }

  /** Lines of commands among these of a document; both are 1-based, the last one counts. */
  async linesBetween(
    conversation: Surroundings,
    document: number,
    first: number,
    last: number,
  ): Promise<readonly number[]> {
    const text = await commandText(conversation, document);
    const lines = text?.addresses.map((_, index) => text.firstLine + index + 1) ?? [];
    return lines.filter((line) => line >= first && line <= last);
  }
}

/**
 * The document with this number, if it is the one that the client means: clients keep breakpoints of earlier sessions,
 * in which the number stood for another.
 */
async function commandText(
  { program }: Surroundings,
  document: number,
  source?: Dap.Source,
): Promise<CommandText | undefined> {
  const text = await program.session.inspect({ kind: 'commands', document });
  const name = source?.name ?? source?.path;
  return name === undefined || name === text?.title ? text : undefined;
}

/** The command on a line, or on the next one below. */
function commandAt(
  text: CommandText,
  line: number,
): { place: Instruction; line: number } | undefined {
  const index = Math.max(0, line - 1 - text.firstLine);
  const address = text.addresses[index];
  if (address === undefined) return undefined;
  const { engine, space, context } = text;
  const whose = context === undefined ? {} : { context };
  return {
    place: { kind: 'instruction', engine, space, address, ...whose },
    line: text.firstLine + index + 1,
  };
}

function lineOf(text: CommandText, place: Instruction): number | undefined {
  const { engine, space, context, addresses, firstLine } = text;
  if (engine !== place.engine || space !== place.space || context !== place.context)
    return undefined;
  const index = addresses.indexOf(place.address);
  return index < 0 ? undefined : firstLine + index + 1;
}

function placed({ client }: Surroundings, { document, title, line }: Shown) {
  return { source: commandSource(document, title), line: client.lineOut(line) };
}

function unread({ name, path }: Dap.Source): string {
  const title = name ?? path ?? 'This ring or batch';
  return `${title} has not been read in this session: step into it, and set the breakpoint there.`;
}
