import type { Range, TextEdit } from 'vscode-languageserver/node';
import type { TraceDocument } from '../document.ts';
import { Problem } from '../index/line-columns.ts';
import { vgpuWords } from '../lines/vgpu-words.ts';
import type { Word } from '../lines/word.ts';
import { formatExpected, formatHeader, formatMark, formatNote } from './format-texts.ts';

/** Edits for those lines of a `.vgpu` document that are not in its usual form. */
export function format(document: TraceDocument, range?: Range): TextEdit[] {
  if (document.format !== 'vgpu') return [];
  const first = range?.start.line ?? 0;
  const last = Math.min(range?.end.line ?? document.lineCount - 1, document.lineCount - 1);
  const edits: TextEdit[] = [];
  for (let line = first; line <= last; line++) {
    const text = document.line(line);
    const hasMistake = document.index.columns.problem[line] === Problem.error;
    const formatted = hasMistake ? text.trimEnd() : formatLine(text);
    if (formatted === text) continue;
    const end = { line, character: text.length };
    edits.push({ range: { start: { line, character: 0 }, end }, newText: formatted });
  }
  return edits;
}

/**
 * One blank between words, `=` before what a symbolic read expects and before nothing else. Comments stay in their
 * column where there is room. In headers, notes, marks and expectations blanks that may be meant stay.
 */
export function formatLine(text: string): string {
  const words = vgpuWords(text);
  const [first] = words;
  if (first === undefined) return '';
  if (first.role === 'headerMark') return formatHeader(text);
  if (first.role === 'note') return formatNote(text);
  if (first.role !== 'read' && first.role !== 'write' && first.role !== 'keyword')
    return text.trimEnd();
  if (first.text === 'mark') return formatMark(text);
  const comment = words.find(({ role }) => role === 'comment');
  const fields =
    first.text === 'expect'
      ? expectFields(text.slice(first.end, comment?.start))
      : joined(withEquals(words.filter((word) => word !== comment)));
  if (comment === undefined) return fields;
  const column = text.includes('\t') ? 0 : comment.start;
  return `${fields.padEnd(Math.max(column - 1, 0))} ${comment.text}`;
}

/** A call stack, which says nothing there, stays as it is. */
function expectFields(text: string): string {
  const [, expected = '', stack = ''] = /^(.*?)((?:[ \t]@(?:[ \t].*)?)?)$/.exec(text) ?? [];
  return `expect ${formatExpected(expected)}${stack}`.trimEnd();
}

function withEquals(words: readonly Word[]): readonly Word[] {
  const [first] = words;
  const isSymbolic = /\d$/.test(first?.text ?? '');
  const value = words.find(({ role }) => role === 'value');
  const isExpectation = first?.role === 'read' && isSymbolic && value?.text !== '?';
  const isEquals = (word: Word | undefined) => word?.text === '=' && word.role === 'operator';
  const bare = words.filter((word) => !isEquals(word));
  if (value === undefined || !isExpectation) return bare;
  const equals: Word = { role: 'operator', start: value.start, end: value.start, text: '=' };
  return bare.flatMap((word) => (word === value ? [equals, word] : [word]));
}

function joined(words: readonly Word[]): string {
  return words
    .map(({ text, role }, at) =>
      role === 'operator' && text === '@' && at > 0 ? ` ${text}` : text,
    )
    .join(' ');
}
