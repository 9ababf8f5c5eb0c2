import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OpenedTrace } from '../index.ts';
import { openText, REGISTERS, describe as recordOf, sample } from '../testing/read.ts';
import { hex64 } from './labels.ts';
import { namesInExpectation } from './labels-in-expectation.ts';

/** The records, without their lines. */
function records(trace: OpenedTrace) {
  return Array.from({ length: trace.store.length }, (_, record) => {
    const { line: _line, ...rest } = recordOf(trace.store, record);
    return rest;
  });
}

/** The message for the last line of a text whose other lines are right. */
async function problem(text: string): Promise<string> {
  const registers = {
    offsetOf: REGISTERS.offsetOf.bind(REGISTERS),
    meaningOf: (name: string) => (name === 'RCS0' ? 'an engine' : undefined),
  };
  const { diagnostics } = await openText(`T 0\n${text}`, { registers });
  assert.deepEqual(
    diagnostics.map(({ line, severity }) => [line, severity]),
    [[text.split('\n').length + 1, 'error']],
    text,
  );
  return diagnostics[0]?.message ?? '';
}

test('a label may stand wherever a scenario has a number', async () => {
  const head = 'label ring 0x4000000\nlabel page 0x1234000\nlabel tail ring+0x40 // behind\n';
  const rows = [
    ['W64 ggtt[ring] page+1', 'W64 ggtt[0x4000000] 0x1234001'],
    ['W32 ggtt[ring+0x1000]+4 0', 'W32 ggtt[0x4001000]+4 0'],
    ['AR32 ring+8 = tail', 'AR32 0x4000008 = 0x4000040'],
    ['W32 RCS0.RING_START ring  @ f < g', 'W32 RCS0.RING_START 0x4000000  @ f < g'],
    ['R32 tail', 'R32 0x4000040'],
    ['M page+0x10 01020304', 'M 1234010 01020304'],
    ['expect memory page+4 11??', 'expect memory 0x1234004 11??'],
    ['expect memory ggtt:tail 11', 'expect memory ggtt:0x4000040 11'],
    ['expect RCS0.RING_START == ring', 'expect RCS0.RING_START == 0x4000000'],
    ['expect ggtt[ring].present && mem32[page+4] != 0', undefined],
    ['expect fault ring', 'expect fault ring'],
  ] as const;
  for (const [labelled, plain] of rows) {
    const trace = await openText(`${head}${labelled}\n`);
    assert.deepEqual(trace.diagnostics, [], labelled);
    const expected = plain ?? 'expect ggtt[0x4000000].present && mem32[0x1234000+4] != 0';
    assert.deepEqual(records(trace), records(await openText(`T 0\n${expected}\n`)), labelled);
  }
});

test('the example of the format description says the same twice', async () => {
  const manual = new TextDecoder().decode(sample('../docs/vgpu-format.md'));
  const example = /## Labels\n.*?```\n(.*?)```/s.exec(manual)?.[1] ?? '';
  const lines = example.split('\n');
  const column = example.indexOf('//');
  const labelled = await openText(lines.map((line) => line.slice(0, column)).join('\n'));
  const plain = await openText(lines.map((line) => line.slice(column)).join('\n'));
  assert.deepEqual([...labelled.diagnostics, ...plain.diagnostics], []);
  assert.equal(labelled.store.length, 6);
  assert.deepEqual(records(labelled), records(plain));
});

test('labels have up to 64 bits, and are known when the trace has been read', async () => {
  const { labels, diagnostics } = await openText(
    'label big 0xfffffffffffffff0\nlabel bigger big+0xf\nW64 0x10 bigger\n',
  );
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    labels.map(({ name, value, line }) => [name, hex64(value), line]),
    [
      ['big', '0xfffffffffffffff0', 1],
      ['bigger', '0xffffffffffffffff', 2],
    ],
  );
});

test('each mistake gets a sentence', async () => {
  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['label a', /expected: label NAME NUMBER/],
    ['label a 1 2', /expected: label NAME NUMBER/],
    ['label 9x 1', /“9x” is no name for a label: it has letters/],
    ['label face 1', /lines with hexadecimal numbers would take it for one/],
    ['label fault 1', /it is a word of the format/],
    ['label RCS0 1', /“RCS0” cannot be a label: it is an engine/],
    ['label x 1z', /“1z” is no number for a label/],
    ['label x 0x1ffffffffffffffff', /of up to 64 bits/],
    ['label x 1\nlabel x 2', /“x” is defined already, on line 2, as 0x1/],
    ['label x y', /There is no label named “y” above this line/],
    ['W32 0x10 y', /There is no label named “y” above this line/],
    ['W32 y 1', /There is no register or label named “y”/],
    ['AW32 y 1', /There is no label named “y” above this line/],
    ['W64 ggtt[y] 1', /There is no label named “y” above this line/],
    ['M y 00', /There is no label named “y” above this line/],
    ['expect memory y+4 00', /There is no label named “y” above this line/],
    ['label x 0x100\nW8 0x10 x', /“x” does not fit into an access of 1 byte/],
    ['label x 0xffffffffffffffff\nW64 0x10 x+1', /“x\+1” exceeds 64 bits/],
    ['label x 0x1000000000000\nM x 00', /“x” is no address: it exceeds 48 bits/],
    ['label x 0x1000000000000\nAW32 x 0', /“x” is no address: it exceeds 48 bits/],
    ['label x 0x1000000000000\nexpect memory x 00', /exceeds 48 bits/],
    ['label x 1\nM x+10 00', /“\+10” can be read in two ways on this line: write \+0x10 or \+0xa/],
    ['label x 1\nW32 0x10 x+y', /“\+y” is no distance/],
  ];
  for (const [text, expected] of mistakes) assert.match(await problem(text), expected, text);
});

test('the compact form has numbers only', async () => {
  assert.match(await problem('label x 0x10\nW 4 x 0'), /“x” is no offset: a hexadecimal number/);
  assert.match(await problem('label x 0x10\nW 4 10 x'), /“x” is no value: a hexadecimal number/);
});

test('in an expectation labels are neither parts of names, nor called, nor text', () => {
  const names = (text: string) => namesInExpectation(text).map(({ name }) => name);
  assert.deepEqual(names(' RCS0.x.y == x && "x" != ggtt[x].x'), ['x', 'ggtt', 'x']);
  assert.deepEqual(names('x (1) == y,x'), ['y']);
  assert.deepEqual(names(' memory ggtt:x+0x10 00'), ['x']);
  assert.deepEqual(names('2 commands x since note'), []);
});

const names = fc.constantFrom('ring', 'page', 'tail', 'other');
const address = fc.nat(0xffff).map((n) => n * 4096);
/** Lines with a place for an address: `%`. */
const shapes = fc.constantFrom(
  'W64 ggtt[%] 1',
  'AW32 % 0',
  'W64 0x10 %',
  'R64 0x10 = %',
  'M % 00112233',
  'expect memory ggtt:% 00',
  'expect mem32[%] == 0',
  '// %',
);

test('a scenario reads the same with numbers in place of its labels', async () => {
  const line = fc.record({ shape: shapes, name: names, distance: fc.nat(9) });
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        values: fc.array(address, { minLength: 4, maxLength: 4 }),
        lines: fc.array(line),
      }),
      async ({ values, lines }) => {
        const order = ['ring', 'page', 'tail', 'other'];
        const definitions = order.map((name, at) => `label ${name} ${values[at]}\n`).join('');
        const labelled = lines.map(({ shape, name, distance }) =>
          shape.replace('%', distance === 0 ? name : `${name}+${distance}`),
        );
        const plain = lines.map(({ shape, name, distance }) => {
          const value = values[order.indexOf(name)] ?? 0;
          // An expression is kept as a text.
          const sum = shape.startsWith('expect mem32')
            ? `0x${value.toString(16)}${distance === 0 ? '' : `+${distance}`}`
            : `0x${(value + distance).toString(16)}`;
          return shape.replace('%', sum);
        });
        const first = await openText(`${definitions}${labelled.join('\n')}\n`);
        assert.deepEqual(first.diagnostics, []);
        assert.deepEqual(records(first), records(await openText(`T 0\n${plain.join('\n')}\n`)));
      },
    ),
  );
});
