import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Space } from '../../trace/index.ts';
import { type AccessPattern, compilePattern } from './access-pattern.ts';
import { unionOf } from './access-range.ts';
import { globTest } from './glob.ts';
import { sampleDirectory } from './testing/directory.ts';

function compiled(text: string): AccessPattern {
  const pattern = compilePattern(text, sampleDirectory);
  assert.ok(pattern.ok, pattern.ok ? '' : pattern.message);
  return pattern;
}

function message(text: string): string {
  const pattern = compilePattern(text, sampleDirectory);
  assert.ok(!pattern.ok, `${text} is taken for a pattern`);
  return pattern.message;
}

const matches = (text: string, offset: number, space: number = Space.mmio, size = 4) =>
  compiled(text).matcher.matches(space, offset, size);

test('a full name matches that register only', () => {
  assert.ok(matches('RCS0.RING_TAIL', 0x2030));
  assert.ok(!matches('RCS0.RING_TAIL', 0x22030));
  assert.ok(!matches('RCS0.RING_TAIL', 0x2034));
  assert.ok(!matches('RCS0.RING_TAIL', 0x2030, Space.aperture));
  assert.equal(compiled('rcs0.ring_tail').explanation, 'RCS0.RING_TAIL (0x2030)');
});

test('a name without its engine matches it on all engines', () => {
  assert.ok(matches('ELSP', 0x2230));
  assert.ok(matches('ELSP', 0x22230));
  assert.equal(compiled('ELSP').explanation, '2 registers: RCS0.ELSP, BCS0.ELSP');
});

test('a glob matches full names and last parts, in any letter case', () => {
  assert.ok(matches('ring_*', 0x2030));
  assert.ok(matches('ring_*', 0x2203c));
  assert.ok(!matches('ring_*', 0x2230));
  assert.ok(matches('BCS0.*', 0x22230));
  assert.ok(!matches('BCS0.*', 0x2230));
  assert.match(compiled('RING_*').explanation, /^8 registers: .*, …$/);
});

test('an index picks one dword of several', () => {
  assert.ok(matches('PLANE_WM_1_A[3]', 0x7024c));
  assert.ok(!matches('PLANE_WM_1_A[3]', 0x70248));
  assert.ok(matches('PLANE_WM_1_A', 0x7025c));
  assert.match(message('PLANE_WM_1_A[8]'), /has 8 dwords; there is no \[8\]/);
});

test('offsets and ranges match the dwords that they lie in', () => {
  assert.ok(matches('0x44202', 0x44200));
  assert.ok(matches('0xc5010-0xc5027', 0xc5024));
  assert.ok(matches('0xc5010-0xc5027', 0xc5027, Space.mmio, 1));
  assert.ok(!matches('0xc5010-0xc5027', 0xc5028));
  assert.ok(matches('0x2030', 0x202c, Space.mmio, 8), 'an access of eight bytes covers two dwords');
});

test('prefixes name the other spaces', () => {
  assert.ok(matches('config:0x04', 0x04, Space.config));
  assert.ok(matches('config:0x06', 0x04, Space.config), 'four bytes at 4 cover byte 6');
  assert.ok(!matches('config:0x06', 0x04, Space.config, 2));
  assert.ok(matches('config:command', 0x05, Space.config, 1));
  assert.ok(matches('ggtt:*', 0x800000));
  assert.ok(!matches('ggtt:*', 0x7fffff, Space.mmio, 1));
  assert.ok(matches('ggtt:0x2abc', 0x800014), 'both halves of the entry of the page');
  assert.ok(matches('aperture:*', 0x0fffffff, Space.aperture));
});

test('what matches nothing says what may have been meant', () => {
  assert.match(message('RING_TIAL'), /Did you mean .*RCS0\.RING_TAIL/);
  assert.match(message('nvram:0x10'), /no space called "nvram"; there are mmio, ggtt/);
  assert.match(message('0x2000000'), /outside of BAR0/);
  assert.match(message('0x30-0x20'), /ends before it begins/);
  assert.match(message(' '), /is missing/);
});

test('a union matches what any of its patterns matches', () => {
  const union = unionOf([compiled('GPIO_CTL_D').matcher, compiled('aperture:*').matcher]);
  assert.ok(union.matches(Space.mmio, 0xc501c, 4));
  assert.ok(union.matches(Space.aperture, 0, 4));
  assert.ok(!union.matches(Space.mmio, 0x2030, 4));
});

test('any text is a pattern or an error with a sentence', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const pattern = compilePattern(text, sampleDirectory);
      assert.match(pattern.ok ? `${pattern.explanation}.` : pattern.message, /.[.?]$/s);
    }),
  );
});

test('globs of many stars are decided quickly and as a simple matcher decides them', () => {
  const simple = (glob: string, name: string): boolean => {
    if (glob === '') return name === '';
    if (glob[0] === '*')
      return simple(glob.slice(1), name) || (name !== '' && simple(glob, name.slice(1)));
    return (
      name !== '' &&
      (glob[0] === '?' || glob[0] === name[0]) &&
      simple(glob.slice(1), name.slice(1))
    );
  };
  const letters = fc.string({ unit: fc.constantFrom('A', 'B', '*', '?'), maxLength: 8 });
  const names = fc.string({ unit: fc.constantFrom('A', 'B'), maxLength: 8 });
  fc.assert(
    fc.property(letters, names, (glob, name) => {
      assert.equal(globTest(glob)(name), simple(glob, name));
    }),
  );
  assert.ok(!globTest(`${'*A'.repeat(200)}B`)('A'.repeat(400)));
});
