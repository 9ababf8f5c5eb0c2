import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OpenedTrace } from '../index.ts';
import { describe, describeAll, openText, sample } from '../testing/read.ts';

/** The fields of the only record of a one-line trace that are not at their default. */
async function single(line: string): Promise<Record<string, unknown>> {
  const trace = await openText(`T 0\n${line}\n`);
  assert.deepEqual(trace.diagnostics, [], line);
  assert.equal(trace.store.length, 1, line);
  const all = describe(trace.store, 0);
  const dull = new Set<unknown>([0, '', false]);
  return Object.fromEntries(
    Object.entries(all).filter(
      ([key, value]) =>
        !dull.has(value) && !['line', 'access', 'known'].includes(key) && !isEmpty(value),
    ),
  );
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

test('compact accesses of every space and size are read', async () => {
  const write = { kind: 'write', space: 'mmio' };
  assert.deepEqual(await single('W 4 002230 37fe651d'), {
    ...write,
    size: 4,
    offset: 0x2230,
    low: 0x37fe651d,
  });
  assert.deepEqual(await single('R 1 078009 01'), {
    kind: 'read',
    space: 'mmio',
    size: 1,
    offset: 0x78009,
    low: 1,
  });
  assert.deepEqual(await single('R 8 078000 4776544776544776'), {
    kind: 'read',
    space: 'mmio',
    size: 8,
    offset: 0x78000,
    low: 0x76544776,
    high: 0x47765447,
  });
  assert.deepEqual(await single('AW 4 04080000 ffffffff'), {
    kind: 'write',
    space: 'aperture',
    size: 4,
    offset: 0x4080000,
    low: 0xffffffff,
  });
  assert.deepEqual(await single('CR 2 b4 0026'), {
    kind: 'read',
    space: 'config',
    size: 2,
    offset: 0xb4,
    low: 0x26,
  });
  assert.deepEqual(await single('IW 4 4 1'), {
    kind: 'write',
    space: 'io',
    size: 4,
    offset: 4,
    low: 1,
  });
});

test('symbolic accesses take names, table entries, numbers of both kinds and comments', async () => {
  const tail = { kind: 'write', space: 'mmio', size: 4, offset: 0x2030, low: 0x40, symbolic: true };
  assert.deepEqual(await single('W32 RCS0.RING_TAIL 0x40'), tail);
  assert.deepEqual(await single('  W32\tRCS0.RING_TAIL = 64 // comment @ here'), tail);
  assert.deepEqual(await single('W32 RCS0.RING_HEAD+8 0x1_0000'), {
    ...tail,
    offset: 0x203c,
    low: 0x10000,
  });
  assert.deepEqual(await single('W64 ggtt[0x4001000] 0x8000000001235001'), {
    ...tail,
    size: 8,
    offset: 0x800000 + 0x4001 * 8,
    low: 0x01235001,
    high: 0x80000000,
  });
  assert.deepEqual(await single('CR16 0x0 = 0x8086'), {
    kind: 'read',
    space: 'config',
    size: 2,
    low: 0x8086,
    symbolic: true,
  });
});

test('a read without answer has an unknown value, in both forms', async () => {
  for (const line of [
    'R 4 078000',
    'R 4 078000 ?',
    'R32 0x78000',
    'R32 0x78000 = ?',
    'R 4 078000 // x',
  ]) {
    const { store, diagnostics } = await openText(`T 0\n${line}\n`);
    assert.deepEqual(diagnostics, [], line);
    assert.equal(store.valueKnown(0), false, line);
    assert.equal(store.offset(0), 0x78000);
    assert.equal(store.low(0), 0);
  }
});

test('call stacks are read innermost first, with one blank before them or two', async () => {
  for (const line of [
    'W 4 2098 1  @ f0 < f1 < f2',
    'W 4 2098 1 @ f0 < f1 < f2',
    'W32 0x2098 1 @ f0 < f1 < f2 // why',
  ]) {
    assert.deepEqual((await single(line))['stack'], ['f0', 'f1', 'f2'], line);
  }
});

test('memory, interrupts, commands and device writes are read', async () => {
  const memory = await single('M 0x1000 deadbeef 0102');
  assert.deepEqual(memory, {
    kind: 'memory',
    space: 'memory',
    size: 6,
    offset: 0x1000,
    bytes: [0xde, 0xad, 0xbe, 0xef, 1, 2],
  });
  const msi = await single('IRQ msi fee01004 0026');
  assert.deepEqual([msi['kind'], msi['offset'], msi['low']], ['interrupt', 0xfee01004, 0x26]);
  assert.equal((await single('IRQ intx 1'))['low'], 1);
  const command = await single('CMD rcs0 ring@00018 7a000004 00344c1c');
  assert.deepEqual([command['offset'], command['low']], [0x18, 0x7a000004]);
  assert.equal(command['text'], 'rcs0 ring@00018 7a000004 00344c1c');
  assert.equal(
    (await single('CMD batch@37fc1dd4 05000000 MI_BATCH_BUFFER_END'))['offset'],
    0x37fc1dd4,
  );
  const device = await single('DW 4 ppgtt:0000_000000d0 00000001');
  assert.deepEqual(
    [device['kind'], device['space'], device['offset']],
    ['deviceWrite', 'ppgtt', 0xd0],
  );
  const register = await single('CSW rcs0 002580 00070004');
  assert.deepEqual(
    [register['kind'], register['offset'], register['low']],
    ['commandWrite', 0x2580, 0x70004],
  );
});

test('notes keep their text and may carry the time; marks and plain notes take the present one', async () => {
  const { store, diagnostics } = await openText(
    'T 1.5\n# 2.000001 DMESG [   1.0] hello // there\n#plain\nmark start here\n# 3.5 volts\nW 4 0 0\n',
  );
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => store.text(i)),
    ['DMESG [   1.0] hello // there', 'plain', 'start here', '3.5 volts'],
  );
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((i) => store.timeNs(i)),
    [2_000_001_000, 2_000_001_000, 2_000_001_000, 2_000_001_000, 2_000_001_000],
  );
});

test('the device of a header may stand with as many blanks as one likes', async () => {
  for (const value of ['8086:1912 rev 06', '8086:1912   rev  06', '8086:1912, rev 06']) {
    const { device, diagnostics } = await openText(`## pci: ${value}\nW 4 0 0`);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual([device.deviceId, device.revisionId], [0x1912, 6], value);
  }
});

test('the header of a recording becomes a device description', async () => {
  const { device, diagnostics } = await openText(
    [
      '## i915 guest driver recording',
      '## load i915',
      '## driver: i915.ko 6.1',
      '## answers: a model (Skylake GT2, 8086:1912 rev 06)',
      '## platform: skl',
      '## bars: 0=d0000000/16M 4=a100/64',
      '## vgpu: caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4',
      `## monitor: hdmi port=B edid=${'00ffffffffffff00'.padEnd(256, '5')}`,
      '## records (hex unless noted), one line each, in time order:',
      '##   T seconds   whatever: this explains',
      'W 4 0 0',
    ].join('\n'),
  );
  assert.deepEqual(diagnostics, []);
  const { monitor, ...rest } = device;
  assert.deepEqual(rest, {
    title: 'load i915',
    driver: 'i915.ko 6.1',
    answers: 'a model (Skylake GT2, 8086:1912 rev 06)',
    vendorId: 0x8086,
    deviceId: 0x1912,
    revisionId: 6,
    platform: 'skl',
    bars: [
      { index: 0, base: 0xd0000000, size: 0x1000000 },
      { index: 4, base: 0xa100, size: 64 },
    ],
    pvinfoCaps: 0x1c,
    partition: {
      mappableBase: 0x4000000,
      mappableSize: 0x4000000,
      hiddenBase: 0x20000000,
      hiddenSize: 0x18000000,
      fences: 4,
    },
    notes: ['answers: a model (Skylake GT2, 8086:1912 rev 06)'],
  });
  assert.equal(monitor?.connection, 'hdmi');
  assert.equal(monitor?.port, 'B');
  assert.equal(monitor?.edid.length, 128);
});

test('files with Windows line ends, a byte order mark or no final line end read the same', async () => {
  const plain = await openText('## title: x\nW 4 2030 1\nR 4 2030 1 @ a < b\n# note\n');
  const expected = describeAll(plain);
  assert.deepEqual(
    describeAll(await openText('\ufeff## title: x\r\nW 4 2030 1\r\nR 4 2030 1 @ a < b\r\n# note')),
    expected,
  );
});

test('the fast path and the slow path agree on every compact line', async () => {
  const hexDigits = (max: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 1, maxLength: max });
  const line = fc
    .tuple(
      fc.constantFrom('R', 'W', 'AR', 'AW', 'CR', 'CW'),
      fc.constantFrom('1', '2', '4', '8', '3'),
      hexDigits(18),
      fc.option(hexDigits(18)),
      fc.constantFrom('', '  @ a < b'),
    )
    .map(
      ([kind, size, offset, value, stack]) =>
        `${kind} ${size} ${offset}${value === null ? '' : ` ${value}`}${stack}`,
    );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
      const strip = (trace: OpenedTrace) => {
        const problems = trace.diagnostics.map((d) => d.line);
        return [describeAll({ ...trace, diagnostics: [] }), problems];
      };
      const fast = await openText(`T 0\n${lines.join('\n')}\n`);
      // A trailing comment keeps a line off the fast path.
      const slow = await openText(`T 0\n${lines.join(' // \n')} // \n`);
      assert.deepEqual(strip(fast), strip(slow));
    }),
  );
});

test('the first steps and the example of the format description load without a problem', async () => {
  const steps = await openText(sample('first-steps.vgpu'));
  assert.deepEqual(steps.diagnostics, []);
  assert.equal(steps.format?.id, 'vgpu');
  assert.ok(steps.store.length > 40);
  const manual = new TextDecoder().decode(sample('../docs/vgpu-format.md'));
  const example = /## A scenario in ten lines\n\n```\n(.*?)```/s.exec(manual)?.[1] ?? '';
  const trace = await openText(example);
  assert.deepEqual(trace.diagnostics, []);
  assert.equal(trace.store.length, 5);
});
