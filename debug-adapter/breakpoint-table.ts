import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type {
  Breakpoint,
  BreakpointPlace,
  BreakpointStatus,
  TimelineSession,
} from '../timeline/index.ts';

export type BreakpointKind = 'line' | 'function' | 'data' | 'instruction' | 'exception';

/** A breakpoint as a client asks for it, resolved to a place or to why there is none. */
export interface WantedBreakpoint {
  readonly place?: BreakpointPlace;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly logMessage?: string | undefined;
  /** Where it came to stand; for people, and why it cannot be set. */
  readonly answer: Omit<Dap.Breakpoint, 'verified' | 'id'>;
}

/**
 * All breakpoints of the conversation. DAP replaces them group by group (those of one document, all on functions,
 * all on data); the timeline takes the whole list each time.
 */
export class BreakpointTable {
  readonly #groups = new Map<string, readonly Breakpoint[]>();
  readonly #kinds = new Map<number, BreakpointKind>();
  #lastId = 0;

  /** For breakpoints that are no longer set, too: an event may name one that has just gone. */
  kindOf(id: number): BreakpointKind | undefined {
    return this.#kinds.get(id);
  }

  /** Replaces one group; `document` tells the groups of line breakpoints apart. */
  async replace(
    session: TimelineSession,
    group: { readonly kind: BreakpointKind; readonly document?: string },
    wanted: readonly WantedBreakpoint[],
  ): Promise<Dap.Breakpoint[]> {
    const numbered = wanted.map((each) => {
      const id = ++this.#lastId;
      this.#kinds.set(id, group.kind);
      return { id, wanted: each };
    });
    const list = numbered.flatMap(({ id, wanted: each }) => toBreakpoint(id, each));
    this.#groups.set(`${group.kind} ${group.document ?? ''}`, list);
    const statuses = await session.setBreakpoints([...this.#groups.values()].flat());
    const byId = new Map(statuses.map((status) => [status.id, status]));
    return numbered.map(({ id, wanted: each }) => toAnswer(id, each, byId.get(id)));
  }
}

function toBreakpoint(id: number, wanted: WantedBreakpoint): Breakpoint[] {
  if (wanted.place === undefined) return [];
  const { condition, hitCondition, logMessage } = wanted;
  return [
    {
      id,
      place: wanted.place,
      ...(isText(condition) ? { condition } : {}),
      ...(isText(hitCondition) ? { hitCondition } : {}),
      ...(isText(logMessage) ? { logMessage } : {}),
    },
  ];
}

/** Clients send an empty text where the user has emptied the box. */
function isText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

function toAnswer(
  id: number,
  wanted: WantedBreakpoint,
  status: BreakpointStatus | undefined,
): Dap.Breakpoint {
  const answer: Dap.Breakpoint = {
    ...wanted.answer,
    id,
    verified: wanted.place !== undefined && status?.verified === true,
  };
  const message = status?.message ?? wanted.answer.message;
  if (message !== undefined) answer.message = message;
  if (!answer.verified) answer.reason = 'failed';
  return answer;
}
