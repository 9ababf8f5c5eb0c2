import { isLabelName, namesInExpectation } from '../../trace/index.ts';
import { placeParts } from './place-parts.ts';
import { ACCESS_WORD, vgpuWords } from './vgpu-words.ts';
import { type Word, wordOf } from './word.ts';

/** A name on a line where a label's may stand: columns as of words. */
export interface LabelName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Behind `label`. */
  readonly isDefinition: boolean;
}

/** All names of a `.vgpu` line that may be labels'; registers may be among them. */
export function labelNames(text: string): readonly LabelName[] {
  const words = vgpuWords(text);
  const [first] = words;
  if (first === undefined) return [];
  if (first.role === 'read' || first.role === 'write') return inAccess(words, first);
  if (first.role !== 'keyword') return [];
  switch (first.text) {
    case 'label': {
      const defined = wordOf(words, 'label');
      const { start, end, text: name } = defined ?? first;
      const own = defined === undefined ? [] : [{ name, start, end, isDefinition: true }];
      return [...own, ...inAmount(wordOf(words, 'value'))];
    }
    case 'M':
      return inAmount(wordOf(words, 'place'));
    case 'expect': {
      const end = wordOf(words, 'comment')?.start ?? text.length;
      const found = namesInExpectation(text.slice(first.end, end));
      return found.map((each) => moved(each, first.end));
    }
    default:
      return [];
  }
}

/** The compact form has numbers only. */
function inAccess(words: readonly Word[], keyword: Word): readonly LabelName[] {
  if (ACCESS_WORD.exec(keyword.text)?.[3] === undefined) return [];
  return [...inPlace(wordOf(words, 'place')), ...inAmount(wordOf(words, 'value'))];
}

function inPlace(word: Word | undefined): readonly LabelName[] {
  if (word === undefined) return [];
  const { register, engine, names } = placeParts(word.text);
  const parts = register === undefined || engine !== undefined ? names : [register, ...names];
  return parts
    .map(({ start, end }) => ({ name: word.text.slice(start, end), start, end }))
    .filter(({ name }) => isLabelName(name))
    .map((each) => moved(each, word.start));
}

/** `NAME`, `NAME+NUMBER`. */
function inAmount(word: Word | undefined): readonly LabelName[] {
  const [name = ''] = word?.text.split('+') ?? [];
  if (word === undefined || !isLabelName(name)) return [];
  return [moved({ name, start: 0, end: name.length }, word.start)];
}

function moved({ name, start, end }: Omit<LabelName, 'isDefinition'>, by: number): LabelName {
  return { name, start: start + by, end: end + by, isDefinition: false };
}
