import {
  type Position,
  type Range,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { labelNameProblem } from '../../../trace/index.ts';
import type { TraceDocument } from '../../document.ts';
import { wordAt } from '../../lines/word.ts';
import { registerAtWord } from '../../registers/register-at-word.ts';
import { labelAt, labelNamed, placesOf, rangeOfName } from './labels.ts';
import { type MarkPlace, markAt, placesOfMark } from './marks.ts';

/** The code with which the protocol says that a request was right and could not be done. */
const REQUEST_FAILED = -32803;

/** The name that can be changed at a position. Throws ResponseError with a sentence where there is none. */
export function prepareRename(
  document: TraceDocument,
  position: Position,
): { readonly range: Range; readonly placeholder: string } {
  const mark = markAt(document, position);
  if (mark !== undefined) return { range: rangeOfName(mark), placeholder: mark.text };
  const { place } = renamedAt(document, position);
  return { range: rangeOfName(place), placeholder: place.name };
}

/** All places of a label or mark with another name. Throws ResponseError with a sentence where that name cannot be. */
export function rename(
  document: TraceDocument,
  position: Position,
  newName: string,
): WorkspaceEdit {
  const mark = markAt(document, position);
  if (mark !== undefined) return renameMark(document, mark, newName);
  const { label } = renamedAt(document, position);
  const problem = problemOf(document, label.name, newName);
  if (problem !== undefined) throw failure(problem);
  const edits = placesOf(document, label.name).map((place) => ({
    range: rangeOfName(place),
    newText: newName,
  }));
  return { changes: { [document.uri]: edits } };
}

function renameMark(document: TraceDocument, mark: MarkPlace, newName: string): WorkspaceEdit {
  const newText = newName.trim();
  if (newText === '' || /[\r\n]|(?:^|[ \t])(?:\/\/|@(?:[ \t]|$))/.test(newText)) {
    throw failure(
      `“${newName}” is no text for a mark: it has one line, and neither // nor @ behind a blank.`,
    );
  }
  const edits = placesOfMark(document, mark.text).map((place) => ({
    range: rangeOfName(place),
    newText,
  }));
  return { changes: { [document.uri]: edits } };
}

function renamedAt(document: TraceDocument, position: Position) {
  const found = labelAt(document, position);
  if (found === undefined) throw failure(whyNot(document, position));
  return found;
}

function problemOf(document: TraceDocument, name: string, newName: string): string | undefined {
  if (newName === name) return undefined;
  const problem = labelNameProblem(newName, document.tables.resolver);
  if (problem !== undefined) return problem;
  const other = labelNamed(document, newName);
  if (other === undefined) return undefined;
  return `The label “${newName}” is defined already, on line ${other.line}.`;
}

function whyNot(document: TraceDocument, { line, character }: Position): string {
  const word = wordAt(document.words(line), character);
  const isName = word?.role === 'place' || word?.role === 'name';
  const register = word && isName ? registerAtWord(document, line, word) : undefined;
  const what =
    register === undefined
      ? 'This is no label and no mark.'
      : `${register.info.name} is a register’s name, which is Intel’s.`;
  return `${what} Only labels and marks can be renamed: what lines “label NAME NUMBER” and “mark TEXT” define.`;
}

function failure(message: string): ResponseError<void> {
  return new ResponseError(REQUEST_FAILED, message);
}
