import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guest, PD, PML4 } from './testing/shadow-guest.ts';

test('gvt-facts §5.5: tables whose count does not reach 0 are said at the full reset, and are gone after it', () => {
  const { vgpu, notify, put, counts, checks, shadow, protectedPages } = guest();
  // A directory that leads to itself holds itself.
  put(PD, 1, PD | 3);
  notify(4);
  assert.equal(counts()[PD / 4096], 2);
  assert.deepEqual(checks(), ['page-table-two-types'], 'as a page table');
  notify(5);
  assert.deepEqual(Object.keys(counts()).map(Number), [PD / 4096, PD / 4096 + 1]);
  vgpu.reset();
  assert.deepEqual(checks(), ['page-table-leak', 'page-table-leak']);
  assert.deepEqual(shadow.tables, vgpu.core.state.shadow.tables);
  assert.deepEqual(vgpu.core.state.shadow.tables, []);
  assert.equal(protectedPages.size, 0);
});

test('gvt-facts §5.4: without such a knot nothing is left, however often roots come and go', () => {
  const { vgpu, notify, counts, checks } = guest();
  for (let n = 0; n < 5; n++) {
    notify(4);
    notify(4);
    notify(5);
    notify(2, [PD, 0, 0, 0]);
    notify(3, [PD, 0, 0, 0]);
    notify(5);
    assert.deepEqual(counts(), {});
  }
  notify(4, [PML4]);
  vgpu.reset();
  assert.deepEqual(checks(), []);
});
