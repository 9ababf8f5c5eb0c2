import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Submission } from '../device-model.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import { isUnheard } from '../testing/unheard.ts';
import { decodeDescriptor } from './descriptor.ts';

const ELSP = 0x2230;
/** Valid, 4-level, privileged, LRCA 0x28123000. */
const GOOD = 0x28123000 | 0x100 | 0x18 | 1;

function engine() {
  const t = testVgpu();
  const submissions: Submission[] = [];
  t.vgpu.setListener({
    submission: (each) => submissions.push(each),
    fault: (each) => {
      if (!isUnheard(each)) t.faults.push(each);
    },
  });
  const submit = (...dwords: number[]) => {
    for (const dword of dwords) t.w(ELSP, dword >>> 0);
  };
  return { ...t, submissions, submit };
}

test('gvt-facts §6.3: four dwords, element 1 first and high halves first, are a submission', () => {
  const { submissions, submit, faults } = engine();
  submit(2, GOOD, 7, GOOD | 0x1000);
  assert.deepEqual(submissions, [
    {
      engine: 'RCS0',
      elements: [
        { low: GOOD | 0x1000, high: 7 },
        { low: GOOD, high: 2 },
      ],
    },
  ]);
  assert.deepEqual(faults, []);
});

test('gvt-facts §6.3: element 1 may be empty', () => {
  const { submissions, submit } = engine();
  submit(0, 0, 7, GOOD);
  assert.equal(submissions[0]?.elements.length, 1);
});

const rejected = [
  ['element 0 not valid', [0, 0, 7, GOOD & ~1]],
  ['element 1 neither valid nor 0', [2, GOOD & ~1, 7, GOOD]],
  ['privilege bit missing', [0, 0, 7, GOOD & ~0x100]],
  ['addressing mode 2', [0, 0, 7, (GOOD & ~0x18) | 0x10]],
] as const;

for (const [name, dwords] of rejected) {
  test(`gvt-facts §6.3: refused: ${name}; the next submission is in step again`, () => {
    const { submissions, submit, faults } = engine();
    submit(...dwords);
    assert.deepEqual(
      faults.map((each) => each.check),
      ['elsp-invalid'],
    );
    submit(0, 0, 7, GOOD);
    assert.equal(submissions.length, 1);
  });
}

test('gvt-facts §6.6: an engine reset takes half a submission back', () => {
  const { submissions, submit, w } = engine();
  submit(0, 0);
  w(0x941c, 1 << 1);
  submit(0, 0, 7, GOOD);
  assert.equal(submissions.length, 1);
});

test('a descriptor comes apart', () => {
  assert.deepEqual(decodeDescriptor({ low: GOOD | 4, high: 0x123 }), {
    valid: true,
    addressing: 3,
    privileged: true,
    forceRestore: true,
    forcePageDirectoryRestore: false,
    lrca: 0x28123000,
    contextId: 0x123,
  });
});
