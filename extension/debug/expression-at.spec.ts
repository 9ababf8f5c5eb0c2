import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expressionAt } from './expression-at.ts';

/** The expression at the `|` of a line. */
function at(marked: string): string | undefined {
  const column = marked.indexOf('|');
  return expressionAt(marked.replace('|', ''), column)?.text;
}

describe('the expression under the mouse', () => {
  it('is a whole register name, with engine and field', () => {
    assert.equal(at('   W32  RCS0.RING_|TAIL   0x00000040 enable 0→1'), 'RCS0.RING_TAIL');
    assert.equal(at('W32 RC|S0.RING_CTL.enable 1'), 'RCS0.RING_CTL.enable');
  });

  it('is a register with its index', () => {
    assert.equal(at('R32 PLANE_WM|_1_A[3] 0x0'), 'PLANE_WM_1_A[3]');
  });

  it('is a page-table entry by its graphics address', () => {
    assert.equal(at('W32 ggtt[0x0400|0000].low 0x1'), 'ggtt[0x04000000]');
  });

  it('is the offset of a register without a name', () => {
    assert.equal(at('R32 mmio 0x0442|00 0x1'), 'mmio[0x044200]');
  });

  it('is neither a keyword nor a value', () => {
    assert.equal(at('W3|2 RCS0.RING_TAIL 0x40'), undefined);
    assert.equal(at('W32 RCS0.RING_TAIL 0x|40'), undefined);
    assert.equal(at('   |   '), undefined);
  });
});
