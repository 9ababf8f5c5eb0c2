import { CompletionItemKind } from 'vscode-languageserver/node';
import { KEYWORD_LINES } from '../../../trace/index.ts';
import type { Proposal } from './proposal.ts';

const SPACES = [
  ['', 'BAR0: registers and GGTT'],
  ['A', 'the aperture'],
  ['C', 'PCI configuration space'],
  ['I', 'I/O ports'],
] as const;
const SIZES = [32, 64, 16, 8] as const;

/** What a line can begin with. */
export function keywordItems(): readonly Proposal[] {
  const accesses = SPACES.flatMap(([letter, space]) =>
    SIZES.flatMap((bits): Proposal[] => [
      {
        label: `${letter}R${bits}`,
        kind: CompletionItemKind.Keyword,
        detail: `read ${bits} bits of ${space}`,
      },
      {
        label: `${letter}W${bits}`,
        kind: CompletionItemKind.Keyword,
        detail: `write ${bits} bits of ${space}`,
      },
    ]),
  );
  const others = KEYWORD_LINES.map(({ keyword, shape }) => ({
    label: keyword,
    kind: CompletionItemKind.Keyword,
    detail: shape,
  }));
  const header = { label: '## ', kind: CompletionItemKind.Keyword, detail: 'a header' };
  return [...accesses, ...others, header];
}
