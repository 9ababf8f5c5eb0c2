import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guest, PD, PT2 } from './testing/shadow-guest.ts';

test('gvt-facts §5.2: of a large page every 4 KiB must have guest memory behind it', () => {
  const { w, notify, poke, checks } = guest();
  w(0x4080, 0xf);
  notify(4);
  // Guest memory ends at 0x40000000.
  poke(PD, 8, 8, 0x3fe00083);
  assert.deepEqual(checks(), [], 'the last 2 MiB of it');
  poke(PD, 8, 8, 0x40000083);
  assert.deepEqual(checks(), ['ppgtt-frame-unbacked']);
  const table = guest({}, (frame) => frame !== 0x3ffff && frame !== 0x20fff);
  table.w(0x4080, 0xf);
  table.notify(4);
  table.poke(PD, 8, 8, 0x3fe00083);
  assert.deepEqual(table.checks(), ['ppgtt-frame-unbacked'], '2M: its last page is a hole');
  table.poke(PD, 8, 8, PT2 | 0x803);
  table.poke(PT2, 0, 8, 0x20ff0003);
  assert.deepEqual(table.checks(), ['ppgtt-frame-unbacked'], '64K: its last page is a hole');
});
