import type { DebugProtocol as Dap } from '@vscode/debugprotocol';

/** Numbers below are those of the recording's own documents. */
const FIRST_REFERENCE = 1_000_000;

/** A ring or batch, which exists only as the text that the adapter makes of it. */
export function commandSource(document: number, title: string): Dap.Source {
  return { name: title, sourceReference: FIRST_REFERENCE + document, origin: 'commands in memory' };
}

/** The document that a source reference stands for; undefined where it is another kind of source. */
export function commandDocument(reference: number | undefined): number | undefined {
  if (reference === undefined || reference <= FIRST_REFERENCE) return undefined;
  return reference - FIRST_REFERENCE;
}
