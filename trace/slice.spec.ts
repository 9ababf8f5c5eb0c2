import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { openTrace } from './index.ts';
import { parseSlice, sliceText } from './slice.ts';
import { openText, sample } from './testing/read.ts';

const OTHER = {
  mappableBase: 0x81000,
  mappableSize: 0x4000000,
  hiddenBase: 0x10000000,
  hiddenSize: 0x18000000,
  fences: 4,
};

describe('a slice of graphics memory', () => {
  it('is read as it is written', () => {
    const number = fc.nat({ max: 0xffffffff });
    const slices = fc.record(
      {
        mappableBase: number,
        mappableSize: number,
        hiddenBase: number,
        hiddenSize: number,
        fences: fc.nat({ max: 99 }),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(slices, (slice) => assert.deepEqual(parseSlice(sliceText(slice)), slice)),
    );
    assert.deepEqual(
      parseSlice(' mappable=81000+4000000\thidden=10000000+18000000  fences=4'),
      OTHER,
    );
  });

  it('is nothing else', () => {
    for (const text of ['', 'mappable=1+2', `${sliceText(OTHER)} x`, sliceText(OTHER).slice(1)]) {
      assert.equal(parseSlice(text), undefined, text);
    }
    fc.assert(fc.property(fc.string(), (text) => assert.equal(parseSlice(text), undefined)));
  });

  it('that is given wins over the one that a log tells, and over a header', async () => {
    const hints = { slice: OTHER };
    const told = await openTrace([sample('skl_vgpu.same-run.qemu.trace.gz')], { hints });
    assert.deepEqual(told.device.partition, OTHER);
    const header = '## vgpu: caps=1c mappable=1000+1000 hidden=8000000+1000 fences=1\n';
    assert.equal((await openText(header)).device.partition?.mappableBase, 0x1000);
    assert.deepEqual((await openText(header, { hints })).device.partition, OTHER);
  });

  it('stands in a header without capabilities, too', async () => {
    const { device, diagnostics } = await openText(`## vgpu: ${sliceText(OTHER)}\nR 4 044200\n`);
    assert.deepEqual([device.partition, device.pvinfoCaps], [OTHER, undefined]);
    assert.deepEqual(diagnostics, []);
  });
});
