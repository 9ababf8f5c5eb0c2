import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleDirectory } from '../patterns/testing/directory.ts';
import type { AccessFacts, EvaluationContext } from './context.ts';
import { split } from './context.ts';
import { compileCondition, compileExpression, compileLogMessage } from './expression.ts';
import { stateOf } from './testing/state.ts';

/** RING_CTL enabled with three pages more; PTE of 0x1000 present at 0x1_8000_0000; memory at 0x2000 shown. */
const KNOWN = {
  'mmio 203c': 0x3001n,
  'mmio 2030': 0x40n,
  'mmio 70248': 0xabn,
  'mmio 800008': 0x1_8000_0001n,
  'memory 2000': 0x1122_3344n,
  'config 4': 0x0010_0107n,
};
const STATE = stateOf(KNOWN);

const TAIL_WRITE: AccessFacts = {
  direction: 'write',
  space: 'mmio',
  offset: 0x2030,
  size: 4,
  value: split(0x80n),
  old: split(0x40n),
};

function shown(text: string, context: EvaluationContext = STATE): string {
  const compiled = compileExpression(text, sampleDirectory);
  assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
  return compiled.format(compiled.evaluate(context));
}

function problem(text: string): { message: string; column: number } {
  const compiled = compileExpression(text, sampleDirectory);
  assert.ok(!compiled.ok, `${text} is taken for an expression`);
  return compiled;
}

test('registers, fields and bits are read by name in any letter case', () => {
  assert.equal(shown('RCS0.RING_CTL'), '0x00003001');
  assert.equal(shown('rcs0.ring_ctl.ENABLE'), '0x1 (enabled)');
  assert.equal(shown('RCS0.RING_CTL[13:12]'), '0x3');
  assert.equal(shown('RCS0.RING_CTL[0]'), '0x1');
  assert.equal(shown('RCS0.RING_CTL[40]'), 'unknown: RCS0.RING_CTL has only 32 bits');
  assert.equal(shown('RCS0.RING_CTL.enable[1]'), 'unknown: RCS0.RING_CTL.enable has only 1 bit');
  assert.equal(shown('PLANE_WM_1_A[2]'), '0x000000ab');
  assert.equal(shown('PLANE_WM_1_A[1 + 1][7:4]'), '0xa');
});

test('a field with a shift has the value that it is shown with', () => {
  assert.equal(shown('RCS0.RING_CTL.bufferLength'), '0x3000');
  assert.equal(shown('ggtt[0x1234].frame'), '0x180000000');
});

test('entries, memory and configuration space are read by address', () => {
  assert.equal(shown('ggtt[0x1000]'), '0x0000000180000001');
  assert.equal(shown('ggtt[0x1000].present'), '0x1');
  assert.equal(shown('mem32[0x2000]'), '0x11223344');
  assert.equal(shown('mem32[RCS0.RING_TAIL * 0x80]'), '0x11223344');
  assert.equal(shown('config16[4]'), '0x0107');
  assert.equal(shown('config.COMMAND.busMaster'), '0x1');
  assert.equal(shown('mmio[0x203c]'), '0x00003001');
});

test('a suffix chooses the base', () => {
  assert.equal(shown('RCS0.RING_CTL, d'), '12289');
  assert.equal(shown('RCS0.RING_CTL,b'), '0b11_0000_0000_0001');
  assert.equal(shown('12289, x'), '0x3001');
  assert.equal(shown('hex(12)'), '0xc');
});

test('what nobody has shown is unknown, unless it does not matter', () => {
  assert.equal(
    shown('mem32[0x3000] + 1'),
    'unknown: memory at 0x3000 has not been shown by the recording',
  );
  assert.equal(shown('false && mem32[0x3000]'), 'false');
  assert.equal(shown('mem32[0x3000] && false'), 'false');
  assert.equal(shown('mem32[0x3000] == 1 || true'), 'true');
  assert.equal(shown('0 & mem32[0x3000]'), '0x0');
  assert.match(shown('true && mem32[0x3000]'), /^unknown/);
  assert.match(shown('mem32[0x3000] ? 1 : 2'), /^unknown/);
  assert.equal(shown('known(mem32[0x3000])'), 'false');
  assert.equal(shown('known(mem32[0x2000])'), 'true');
  assert.match(shown('1 / (RCS0.RING_TAIL - 0x40)'), /^unknown: it divides by zero/);
});

test('numbers are unsigned, 64 bits', () => {
  assert.equal(shown('0xffff_ffff_ffff_ffff + 2'), '0x1');
  assert.equal(shown('-1 > 1'), 'true');
  assert.equal(shown('1 << 64'), '0x0');
  assert.equal(shown('0b101 << 63'), '0x8000000000000000');
  assert.match(problem('0x10000000000000000').message, /at most 64 bits/);
});

test('a field compares with the name of its value', () => {
  assert.equal(shown('RCS0.RING_CTL.enable == "enabled"'), 'true');
  assert.equal(shown('"Disabled" != RCS0.RING_CTL.enable'), 'true');
  assert.match(problem('RCS0.RING_CTL.enable == "on"').message, /one of "disabled", "enabled"/);
  assert.match(problem('RCS0.RING_TAIL == "on"').message, /Only fields whose values have names/);
});

test('names of the present access', () => {
  const state = stateOf(KNOWN, TAIL_WRITE);
  assert.equal(shown('value', state), '0x00000080');
  assert.equal(shown('old == RCS0.RING_TAIL && write && !read', state), 'true');
  assert.equal(shown('offset', state), '0x2030');
  assert.equal(shown('record'), '12');
  assert.equal(shown('time'), '5000000');
  assert.match(shown('value'), /^unknown: there is no access/);
});

test('changed() compares before and after, whichever of them the state is', () => {
  const before = stateOf(KNOWN, TAIL_WRITE);
  const after = stateOf({ ...KNOWN, 'mmio 2030': 0x80n }, TAIL_WRITE);
  for (const state of [before, after]) {
    assert.equal(shown('changed(RCS0.RING_TAIL)', state), 'true');
    assert.equal(shown('changed(RCS0.RING_TAIL[5:0])', state), 'false');
    assert.equal(shown('changed(RCS0.RING_CTL)', state), 'false');
  }
  const read = stateOf(KNOWN, { ...TAIL_WRITE, direction: 'read' });
  assert.equal(shown('changed(RCS0.RING_TAIL)', read), 'false');
});

test('a condition that is not known stops and says why; a log never stops', () => {
  const check = (text: string, state = stateOf(KNOWN, TAIL_WRITE)) => {
    const condition = compileCondition(text, sampleDirectory);
    assert.ok(condition.ok);
    return { ...condition.check(state), logs: state.logs };
  };
  assert.deepEqual(check('value == 0x80'), { stop: true, logs: [] });
  assert.equal(check('value').stop, true);
  assert.equal(check('value == 1').stop, false);
  const undecided = check('mem32[0x3000] == 1');
  assert.equal(undecided.stop, true);
  assert.match(undecided.why ?? '', /memory at 0x3000 has not been shown/);
  assert.deepEqual(check('value == 0x80 && log("tail {old}→{value,d}")'), {
    stop: false,
    logs: ['tail 0x00000040→128'],
  });
  assert.deepEqual(check('value == 1 && log("never")').logs, []);
  assert.equal(check('log("both") || true').stop, true);
});

test('a log message fills in its braces', () => {
  const message = compileLogMessage('tail {RCS0.RING_TAIL,d} {{x}} {mem8[0]}', sampleDirectory);
  assert.ok(message.ok);
  assert.match(message.format(STATE), /^tail 64 \{x\} unknown: memory at 0x0/);
  const wrong = compileLogMessage('tail {RCS0.RING_TIAL}', sampleDirectory);
  assert.ok(!wrong.ok && wrong.column === 6);
});

test('errors say where, and suggest close names', () => {
  assert.match(problem('1 + RCS0.RING_TIAL').message, /Did you mean RCS0\.RING_TAIL/);
  assert.equal(problem('1 + RCS0.RING_TIAL').column, 4);
  assert.match(problem('RING_TAIL').message, /several engines: write RCS0\.RING_TAIL or BCS0/);
  assert.match(
    problem('RCS0').message,
    /RCS0 is no register by itself: name one of its \d+, as RCS0\.\w+/,
  );
  assert.match(problem('RCS0.RING_CTL.enabled').message, /has no field enabled: it has enable,/);
  assert.match(problem('RCS0.RING_TAIL = 4').message, /compare with "=="/);
  assert.equal(problem('RCS0.RING_TAIL = 4').column, 15);
  assert.match(problem('PLANE_WM_1_A').message, /write PLANE_WM_1_A\[0\] to PLANE_WM_1_A\[7\]/);
  assert.match(problem('ggtt').message, /needs an address/);
  assert.match(problem('chnged(value)').message, /Did you mean changed/);
  assert.match(problem('bits(value)').message, /called as bits\(expression, high, low\)/);
  assert.match(problem('mmio[0x1000000]').message, /goes up to 0xffffff/);
  assert.match(problem('value value').message, /operator is missing/);
  assert.match(problem('value[3:7]').message, /higher bit comes first/);
  assert.match(problem('"text" + 1').message, /number is needed/);
  assert.match(problem('('.repeat(3000)).message, /nested too deeply/);
  assert.match(problem('').message, /missing/);
});

test('fragments put together at random are compiled or refused with a sentence and a place', () => {
  const pieces = [
    'RCS0.RING_CTL',
    '.enable',
    'ggtt',
    '[',
    ']',
    '0x10',
    ':',
    '(',
    ')',
    '?',
    '&&',
    '-',
  ];
  const more = [
    'log("{',
    '"',
    'value',
    ' ',
    ',x',
    ',',
    '~',
    '!',
    '==',
    '=',
    '.',
    'mem32[',
    '9z',
    'bits(',
  ];
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 12 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (each) => {
      const compiled = compileExpression(each, sampleDirectory);
      if (compiled.ok) compiled.format(compiled.evaluate(stateOf({}, TAIL_WRITE)));
      else {
        assert.match(compiled.message, /[.!?…]$/s);
        assert.ok(compiled.column >= 0 && compiled.column <= each.length);
      }
      compileLogMessage(each, sampleDirectory);
      compileCondition(each, sampleDirectory);
    }),
    { numRuns: 200 },
  );
});

interface Printed {
  readonly text: string;
  readonly value: bigint;
}

const MASK = (1n << 64n) - 1n;
const OPERATORS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => (a + b) & MASK,
  '-': (a, b) => (a - b) & MASK,
  '*': (a, b) => (a * b) & MASK,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<': (a, b) => (a < b ? 1n : 0n),
  '==': (a, b) => (a === b ? 1n : 0n),
};

test('an expression that is printed and parsed has the value that was computed without it', () => {
  const leaf = fc
    .bigInt({ min: 0n, max: MASK })
    .chain((value) =>
      fc.constantFrom<Printed>(
        { text: `0x${value.toString(16)}`, value },
        { text: String(value), value },
        { text: `0b${value.toString(2)}`, value },
      ),
    );
  const { tree } = fc.letrec<{ tree: Printed }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      leaf,
      fc
        .tuple(tie('tree'), fc.constantFrom(...Object.keys(OPERATORS)), tie('tree'))
        .map(([left, operator, right]) => ({
          text: `(${left.text} ${operator}${right.text})`,
          value: OPERATORS[operator]?.(left.value, right.value) ?? 0n,
        })),
      tie('tree').map(({ text, value }) => ({ text: `~${text}`, value: ~value & MASK })),
    ),
  }));
  fc.assert(
    fc.property(tree, ({ text, value }) => {
      fc.pre(text.length < 3000);
      assert.equal(shown(`(${text}) + 0, d`), String(value));
    }),
  );
});
