import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatLine } from '../../language-server/features/formatting.ts';
import { parse } from '../../timeline/expression/parse.ts';
import { REGISTER_NAMES } from '../../timeline/index.ts';
import { openTrace, parseExpectation, RecordKind } from '../../trace/index.ts';

/** All that the reader of files makes of a text; line numbers stay, as no line comes or goes. */
async function meaningOf(text: string) {
  const { store, device, diagnostics, labels } = await openTrace([new TextEncoder().encode(text)], {
    name: 'the text',
    registers: REGISTER_NAMES,
  });
  const records = Array.from({ length: store.length }, (_, record) => ({
    kind: store.kind(record),
    space: store.space(record),
    size: store.size(record),
    offset: store.offset(record),
    low: store.low(record),
    high: store.high(record),
    known: store.valueKnown(record),
    time: store.timeNs(record),
    line: store.line(record),
    stack: store.stack(record),
    payload: [...(store.payload(record) ?? [])],
    text:
      store.kind(record) === RecordKind.expectation
        ? expected(store.text(record))
        : store.text(record),
  }));
  // An expression's blanks are none of its meaning.
  const shown = records.map(({ payload, ...record }) =>
    record.kind === RecordKind.expectation ? record : { ...record, payload },
  );
  return { shown, device, labels, mistakes: diagnostics.map(({ line }) => line) };
}

/** An expression as the parser sees it, without places in the text. */
function expected(text: string): unknown {
  const expectation = parseExpectation(text);
  if (expectation?.kind !== 'expression') return expectation;
  try {
    const tree = JSON.stringify(parse(expectation.text.replace(/,[ \t]*[xdbo]$/, '')));
    return tree.replace(/,"(?:start|end)":\d+/g, '');
  } catch {
    return 'no expression';
  }
}

const blanks = fc.constantFrom(' ', '  ', '\t', '');
const sep = fc.constantFrom(' ', '   ', '\t');
const operand = fc.constantFrom(
  ...['RCS0.RING_HEAD', 'value', '0x40', '-1', '~0', '!here', 'here', 'ggtt[0x4000000].present'],
  ...['(value & 0xff)', 'mem32[ 0x1000 ]', '"a  ==b"', "'x  y'", 'changed( RCS0.RING_TAIL )'],
);
const operator = fc.constantFrom(
  ...['==', '!=', '<', '>', '<=', '>=', '&&', '||', '+', '-', '&', '|', '<<', '>>', '===', '?'],
);
const expression = fc
  .tuple(operand, fc.array(fc.tuple(blanks, operator, blanks, operand), { maxLength: 3 }))
  .map(([first, rest]) => first + rest.flat().join(''));
const event = fc
  .tuple(
    fc.constantFrom('', 'no', '16', '0'),
    sep,
    fc.constantFrom('fault', 'commands', 'interrupt', 'faults'),
    sep,
    fc.constantFrom('', 'pipe A  vblank', 'RCS0:MI_*', '*', 'ggtt-write-out-of-range'),
    sep,
    fc.constantFrom('', 'since  note', 'since start', 'since mark here  it is', 'since'),
  )
  .map((parts) => parts.join(''));
const memory = fc
  .tuple(fc.constantFrom('4000', 'ggtt:0x1000', 'here', 'here+4'), sep, fc.constantFrom('11', '??'))
  .chain(([place, gap, pair]) =>
    fc.constantFrom(`memory${gap}${place}${gap}${pair}`, `memory ${place} ${pair}${gap}00 ${pair}`),
  );
const comment = fc.constantFrom('', ' // why', '   //why  not', '\t// "', ' @ f0 < f1', ' @');
const expectLine = fc
  .tuple(blanks, sep, fc.oneof(expression, event, memory), comment)
  .map(([before, gap, what, behind]) => `${before}expect${gap}${what}${behind}`);
const headerLine = fc
  .tuple(
    fc.constantFrom('##', '## ', '##  ', '##\t', ' ##'),
    fc.constantFrom(
      ...['title', 'platform', 'pci', 'bars', 'vgpu', 'interrupt', 'memory', 'quirks', 'driver'],
      ...['answers', 'strange', 'free text', 'records (all) of it', ''],
    ),
    fc.constantFrom(':', ' :', ''),
    blanks,
    fc.constantFrom(
      ...[
        'skl',
        '8086:1912  rev 06',
        '8086:1912 rev 06',
        '0=d0000000/16M   2=c0000000/256M',
        'a  b',
      ],
      ...['caps=1c  mappable=04000000+04000000\thidden=20000000+18000000  fences=4', 'intx', ''],
      ...['00000000+10000000   20000000+1000', 'aux-nak-wrong-byte', 'none'],
    ),
  )
  .map((parts) => parts.join(''));
const noteLine = fc
  .tuple(
    fc.constantFrom('#', '# ', '#   ', '#\t', 'mark ', 'mark   ', 'mark', ' #'),
    fc.constantFrom('here  it is', '12.469571 text', '12.469571', '1.5 text', '#', '', '! a  b'),
    blanks,
  )
  .map((parts) => parts.join(''));

describe('a formatted text', () => {
  it('says the same, and stays as it is when it is formatted again', async () => {
    const line = fc.oneof(expectLine, headerLine, noteLine);
    const property = fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
      const typed = ['## platform: skl', 'label here 0x4000', ...lines];
      // Lines that are not understood are not formatted.
      const { mistakes } = await meaningOf(typed.join('\n'));
      const whole = typed.filter((_, at) => !mistakes.includes(at + 1));
      const formatted = whole.map(formatLine);
      assert.deepEqual(await meaningOf(formatted.join('\n')), await meaningOf(whole.join('\n')));
      assert.deepEqual(formatted.map(formatLine), formatted);
    });
    await fc.assert(property, { numRuns: 1500 });
  });

  it('also each scenario that comes along', async () => {
    const folder = new URL('../../samples/scenarios/', import.meta.url);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => name.endsWith('.vgpu'));
    assert.ok(files.length > 0);
    for (const name of files) {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const formatted = text.split('\n').map(formatLine).join('\n');
      assert.deepEqual(await meaningOf(formatted), await meaningOf(text), name);
    }
  });

  it('has one blank where several say no more', () => {
    for (const [typed, wanted] of [
      ['expect   RCS0.RING_HEAD==0x40   // why', 'expect RCS0.RING_HEAD == 0x40   // why'],
      ['\texpect\tvalue &0xff  !=  3', 'expect value &0xff != 3'],
      ['expect "a  b"==name', 'expect "a  b" == name'],
      ['expect  no   fault\tsince   start', 'expect no fault since start'],
      ['expect no interrupt pipe A  vblank', 'expect no interrupt pipe A  vblank'],
      ['expect  memory   ggtt:result+4  11  22', 'expect memory ggtt:result+4 11 22'],
      ['##title:  One  batch', '## title: One  batch'],
      ['## bars:0=d0000000/16M   2=c0000000/256M', '## bars: 0=d0000000/16M 2=c0000000/256M'],
      ['##   explains the line above', '##   explains the line above'],
      ['#note', '# note'],
      ['#   indented', '#   indented'],
      ['#\t12.469571   text', '# 12.469571 text'],
      ['mark   here  it is', 'mark here  it is'],
    ] as const) {
      assert.equal(formatLine(typed), wanted);
    }
  });
});
