import { CompletionItemKind } from 'vscode-languageserver/node';
import { hex } from '../../../timeline/index.ts';
import type { TraceDocument } from '../../document.ts';

/** What can stand at a place; `typed` is replaced by it. */
export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  /** What is typed to find it, where that is not the label. */
  readonly filter?: string;
  readonly insert?: string;
  readonly isSnippet?: boolean;
  readonly documentation?: string;
  /** How many characters before the cursor it replaces, where that is not the whole word. */
  readonly replaces?: number;
  /** Name of a register, whose text is fetched when it is looked at. */
  readonly register?: string;
}

/** What is known where something is typed. */
export interface TypingPlace {
  readonly document: TraceDocument;
  readonly line: number;
  /** The words before the one that is being typed. */
  readonly before: readonly string[];
  readonly typed: string;
  /** The line up to the cursor. */
  readonly prefix: string;
}

export function registerProposal(name: string, offset: number, block: string): Proposal {
  const detail = `${hex(offset, 6)}  ${block}`;
  return { label: name, kind: CompletionItemKind.Variable, detail, register: name };
}
