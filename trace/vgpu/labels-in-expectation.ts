import { asAddress } from '../text/numbers.ts';
import { hex64, isLabelName, type LabelTable, noAddress, parseLabelled } from './labels.ts';

/** A name in a text that may be a label's: columns in the text, `end` behind the last. */
export interface NameInText {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Texts in quotes, numbers, and names with what is joined to them. */
const TOKEN = /"[^"]*"|'[^']*'|[0-9]\w*|[.\w]+/g;
/** `,x` behind an expression says how it is shown. */
const FORMAT = /,\s*[xdbo]\s*$/;
const MEMORY = /^(\s*memory[ \t]+(?:ggtt:)?)([^ \t]+)/;

/**
 * Where labels may stand in what is behind `expect`: in expressions, where they are neither a part of another name nor
 * called, and as an address of memory. Events have names of their own.
 */
export function namesInExpectation(text: string): readonly NameInText[] {
  const memory = MEMORY.exec(text);
  if (memory !== null) {
    const [, before = '', place = ''] = memory;
    const [name = ''] = place.split('+');
    const start = before.length;
    return isLabelName(name) ? [{ name, start, end: start + name.length }] : [];
  }
  if (/^\s*(?:(?:no|[0-9]{1,9})[ \t]+)?(?:memory|fault|interrupt|command)s?\b/.test(text))
    return [];
  const end = FORMAT.exec(text)?.index ?? text.length;
  const found: NameInText[] = [];
  for (const { index: start, 0: name } of text.slice(0, end).matchAll(TOKEN)) {
    const isCalled = /^\s*\(/.test(text.slice(start + name.length, start + name.length + 8));
    if (isLabelName(name) && !isCalled) found.push({ name, start, end: start + name.length });
  }
  return found;
}

/** What is behind `expect` with numbers in place of labels; names that are none stay. Or a sentence on what is wrong. */
export function withoutLabels(
  text: string,
  line: number,
  labels: LabelTable,
): { readonly text: string } | string {
  const memory = MEMORY.exec(text);
  if (memory !== null) {
    const [whole, before = '', place = ''] = memory;
    const address = parseLabelled(place, line, labels, true);
    if (typeof address === 'string') return address;
    if (address === undefined) return { text };
    if (asAddress(address) === undefined) return noAddress(place);
    return { text: `${before}${hex64(address)}${text.slice(whole.length)}` };
  }
  let written = '';
  let at = 0;
  for (const { name, start, end } of namesInExpectation(text)) {
    const label = labels.find(name, line);
    if (label === undefined) continue;
    written += text.slice(at, start) + hex64(label.value);
    at = end;
  }
  return { text: written + text.slice(at) };
}
