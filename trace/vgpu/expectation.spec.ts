import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecordKind } from '../record.ts';
import { openText, describe as recordOf, sample } from '../testing/read.ts';
import { type Expectation, expectationText, parseExpectation } from './expectation.ts';
import { VgpuWriter, vgpuHeader } from './vgpu-writer.ts';
import { writeRecord } from './write-record.ts';

const event = { kind: 'event', what: 'fault', count: 'some', pattern: '*', since: 'access' };

test('events are expected by kind, number, name and where looking begins', () => {
  assert.deepEqual(parseExpectation('fault'), event);
  assert.deepEqual(parseExpectation('no faults since start'), {
    ...event,
    count: 0,
    since: 'start',
  });
  assert.deepEqual(parseExpectation('2 interrupts RCS0 user interrupt since note'), {
    ...event,
    what: 'interrupt',
    count: 2,
    pattern: 'RCS0 user interrupt',
    since: 'note',
  });
  assert.deepEqual(parseExpectation('command RCS0:MI_*'), {
    ...event,
    what: 'command',
    pattern: 'RCS0:MI_*',
  });
});

test('looking may begin at a mark, by its text', () => {
  assert.deepEqual(parseExpectation('no fault x since mark ring set-up (7.) '), {
    ...event,
    count: 0,
    pattern: 'x',
    since: 'mark',
    mark: 'ring set-up (7.)',
  });
  assert.deepEqual(parseExpectation('fault since mark a'), { ...event, since: 'mark', mark: 'a' });
  for (const wrong of ['fault since mark', 'fault since mark ', 'fault since marks a'])
    assert.equal(parseExpectation(wrong), undefined, wrong);
});

test('a very long line is looked through once', () => {
  const blanks = ' '.repeat(200_000);
  assert.equal(parseExpectation(`fault${blanks}!`), undefined);
  assert.deepEqual(parseExpectation(`no  faults${blanks}a${blanks}since${blanks}mark${blanks}b `), {
    ...event,
    count: 0,
    pattern: 'a',
    since: 'mark',
    mark: 'b',
  });
  assert.equal(parseExpectation(`memory 1000${blanks}!`), undefined);
  assert.equal(parseExpectation(`fault${' since'.repeat(50_000)}!`), undefined);
});

test('memory is expected byte by byte, and bytes may be left open', () => {
  assert.deepEqual(parseExpectation('memory ggtt:0x4001000 11??0000'), {
    kind: 'memory',
    space: 'ggtt',
    address: 0x4001000,
    bytes: [0x11, undefined, 0, 0],
  });
  for (const wrong of ['memory', 'memory 1000', 'memory 1000 1', 'memory 1000 1?', 'memory x 11'])
    assert.equal(parseExpectation(wrong), undefined, wrong);
});

test('all else is an expression, but for what only begins like an event', () => {
  assert.deepEqual(parseExpectation('RCS0.RING_TAIL == 0x40'), {
    kind: 'expression',
    text: 'RCS0.RING_TAIL == 0x40',
  });
  for (const wrong of ['', 'no', 'no thing', 'fault == 1 since then'])
    assert.equal(parseExpectation(wrong), undefined, wrong);
});

test('the example of the format description is understood', async () => {
  const manual = new TextDecoder().decode(sample('../docs/vgpu-format.md'));
  const [, , example = ''] =
    /## Expectations\n(.*?)```\n.*?```\n.*?```\n(.*?)```/s.exec(manual) ?? [];
  const { store, diagnostics } = await openText(example);
  assert.deepEqual(diagnostics, []);
  assert.equal(store.length, 7);
});

const PLAIN = { noNullPrototype: true };
const word = fc.stringMatching(/^[A-Z][A-Za-z0-9_*:-]{0,12}$/);
const byte = fc.option(fc.integer({ min: 0, max: 255 }), { nil: undefined });
const expectation: fc.Arbitrary<Expectation> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('event' as const),
      what: fc.constantFrom('fault', 'interrupt', 'command'),
      count: fc.oneof(fc.constant('some' as const), fc.nat(1000)),
      pattern: fc.oneof(
        fc.constant('*'),
        fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
      ),
      since: fc.constantFrom('access', 'note', 'start'),
    },
    PLAIN,
  ),
  fc.record(
    {
      kind: fc.constant('event' as const),
      what: fc.constantFrom('fault', 'interrupt', 'command'),
      count: fc.nat(3),
      pattern: fc.oneof(fc.constant('*'), word),
      since: fc.constant('mark' as const),
      mark: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
    },
    PLAIN,
  ),
  fc.record(
    {
      kind: fc.constant('memory' as const),
      space: fc.constantFrom('memory', 'ggtt'),
      address: fc.nat(2 ** 31 - 1).map((n) => n * 1000),
      bytes: fc.array(byte, { minLength: 1, maxLength: 40 }),
    },
    PLAIN,
  ),
  fc.record(
    {
      kind: fc.constant('expression' as const),
      text: fc.tuple(word, fc.nat()).map(([name, n]) => `${name} == ${n}`),
    },
    PLAIN,
  ),
);

test('what is written is read as the same, alone and as a line of a trace', async () => {
  await fc.assert(
    fc.asyncProperty(expectation, async (wanted) => {
      assert.deepEqual(parseExpectation(expectationText(wanted)), wanted);
      let text = 'W 4 002030 00000040\n';
      new VgpuWriter((line) => (text += line)).expectation(wanted);
      const { store, diagnostics } = await openText(text.replace(/\n$/, '  // why\n'));
      assert.deepEqual(diagnostics, []);
      assert.equal(store.kind(1), RecordKind.expectation);
      assert.deepEqual(parseExpectation(store.text(1)), wanted);
    }),
  );
});

const value = fc.nat(0xffffff);
const line: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.constantFrom('R', 'W', 'AR', 'AW'), value, value)
    .map(
      ([verb, offset, number]) => `${verb} 4 ${(offset * 4).toString(16)} ${number.toString(16)}`,
    ),
  fc
    .tuple(fc.constantFrom('R32', 'W64', 'CR8', 'AW16'), fc.nat(255))
    .map(([verb, n]) => `${verb} ${n * 8} = ${n}`),
  fc.nat(255).map((n) => `R32 RCS0.RING_TAIL = ${n}`),
  fc.constantFrom(
    'R 4 2030',
    'R32 0x2030 = ?',
    'R 8 078000 4776544776544776',
    'W 4 002030 00000040  @ f < g',
    'IRQ msi fee01004 0026',
    'IRQ intx 1',
    'CMD rcs0 ring@00018 7a000004 01104080',
    'CSW rcs0 002580 00070004',
    'DW 4 ppgtt:0001_000000d0 00000002',
    '# a note',
    'mark here',
  ),
  fc
    .array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 70 })
    .map((bytes) => `M 1000 ${bytes.map((each) => each.toString(16).padStart(2, '0')).join('')}`),
  expectation.map((each) => `expect ${expectationText(each)}`),
);

test('any trace is written so that it is read as the same records', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(3_000_000), line)), async (rows) => {
      let time = 0;
      const text = rows.map(([pause, each]) => {
        time += pause;
        return `T ${(time / 1e6).toFixed(6)}\n${each}\n`;
      });
      const first = await openText(`## platform: skl\n${text.join('')}`);
      assert.deepEqual(first.diagnostics, []);
      let again = vgpuHeader(first.device);
      const writer = new VgpuWriter((each) => (again += each));
      for (let i = 0; i < first.store.length; i++) writeRecord(writer, first.store, i);
      const second = await openText(again);
      assert.deepEqual(second.diagnostics, []);
      assert.equal(second.store.length, first.store.length);
      for (let i = 0; i < first.store.length; i++) {
        const { line: _a, ...before } = recordOf(first.store, i);
        const { line: _b, ...after } = recordOf(second.store, i);
        assert.deepEqual(after, before);
      }
    }),
  );
});
