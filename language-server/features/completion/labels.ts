import { CompletionItemKind } from 'vscode-languageserver/node';
import { hex64 } from '../../../trace/index.ts';
import { labelsAbove } from '../labels/labels.ts';
import type { Proposal, TypingPlace } from './proposal.ts';

/** Labels that may stand for a number. `replaces`: characters before the cursor, where that is not the whole word. */
export function labelItems(
  { document, line }: TypingPlace,
  replaces?: number,
): readonly Proposal[] {
  return labelsAbove(document, line).map(({ name, value, line: from }) => ({
    label: name,
    kind: CompletionItemKind.Constant,
    detail: `${hex64(value)}  label, line ${from}`,
    ...(replaces === undefined ? {} : { replaces }),
  }));
}
