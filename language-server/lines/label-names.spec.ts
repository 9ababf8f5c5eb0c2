import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelNames } from './label-names.ts';

/** The line with the names that are found in braces; those of definitions in double ones. */
function marked(text: string): string {
  let shown = text;
  for (const { start, end, isDefinition } of labelNames(text).toReversed()) {
    const [open, close] = isDefinition ? ['{{', '}}'] : ['{', '}'];
    shown = `${shown.slice(0, start)}${open}${shown.slice(start, end)}${close}${shown.slice(end)}`;
  }
  return shown;
}

test('labels are found where the reader takes them for numbers', () => {
  for (const expected of [
    'label {{ring}} 0x1000 // ring',
    '  label\t{{tail}} {ring}+0x40',
    'W64 ggtt[{ring}+0x1000]+4 {page}+1  @ ring < f // page',
    'W32 RCS0.RING_TAIL {tail}',
    'R32 {tail}+4 = {ring}',
    'AR32 {ring} ?',
    'M {page}+0x10 00112233 deadbeef',
    'M deadbeef 00112233',
    'expect memory ggtt:{ring}+4 1122 // ring',
    'expect RCS0.ring == {ring} && {mem32}[{page}+4].x != 3',
    'expect 2 interrupts ring since note',
    'W 4 ring ring',
    '# ring',
    'mark ring',
    'T ring',
    '',
    'label',
    'W64 ggtt[',
    'W64 ggtt[{ring}',
    'W64 ggtt[+4]+4 1',
    'R32 +4',
  ]) {
    assert.equal(marked(expected.replaceAll(/[{}]/g, '')), expected);
  }
});
