import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandExpression } from './command-expression.ts';

const RING = '// GGTT addresses; 0x1000 bytes of ring from 0x37ffc000, tail 0x37ffc068';

describe('the command on a line of a ring or batch', () => {
  it('is named by engine, address space and address', () => {
    const line = '0x37ffc018  PIPE_CONTROL commandStreamerStall';
    const title = '/RCS0 ring at 0x37ffc000';
    assert.equal(commandExpression({ title, header: RING, line }), 'RCS0.ggtt:0x37ffc018');
    const batch = {
      title: 'vGPU2.BCS0 second-level batch at 0x1000',
      header: '// PPGTT addresses',
    };
    assert.equal(
      commandExpression({ ...batch, line: '0x000000001008  MI_NOOP' }),
      'vGPU2.BCS0.ppgtt:0x000000001008',
    );
  });

  it('is not there on lines without one, nor in other documents', () => {
    const title = 'RCS0 ring at 0x37ffc000';
    assert.equal(commandExpression({ title, header: RING, line: RING }), undefined);
    assert.equal(commandExpression({ title, header: RING, line: '' }), undefined);
    const line = '0x37ffc018  MI_NOOP';
    assert.equal(commandExpression({ title, header: '# a trace', line }), undefined);
    assert.equal(commandExpression({ title: 'a.vgpu', header: RING, line }), undefined);
  });
});
