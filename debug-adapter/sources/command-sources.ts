import type { DebugProtocol as Dap } from '@vscode/debugprotocol';

/** Numbers below are those of the recording's own documents. */
const FIRST_REFERENCE = 1_000_000;

/** A ring or batch, which exists only as the text that the adapter makes of it. */
export function commandSource(document: number, title: string): Dap.Source {
  const sourceReference = FIRST_REFERENCE + document;
  // VS Code calls the document by its name, and a breakpoint in it by its path alone: only where they are one does the
  // breakpoint stay in the gutter.
  return { name: title, path: title, sourceReference, origin: 'commands in memory' };
}

/** The document that a source reference stands for; undefined where it is another kind of source. */
export function commandDocument(reference: number | undefined): number | undefined {
  if (reference === undefined || reference <= FIRST_REFERENCE) return undefined;
  return reference - FIRST_REFERENCE;
}
