import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addGuest, testHost } from '../testing/test-host.ts';
import type { RegisterSwitch } from './host-events.ts';
import { GEN8_SWITCHED, GEN9_SWITCHED, type SwitchedRegister } from './render-switch-table.ts';

const USER_INTERRUPT = 0x01000000;

function offsets(rows: readonly SwitchedRegister[], engine: string): string[] {
  return rows
    .filter((row) => row.engine === engine)
    .map(({ offset, masked, inContext }) => {
      return `${offset.toString(16)}${masked ? 'm' : ''}${inContext ? '*' : ''}`;
    });
}

test('§11: the list of Gen9, in table order', () => {
  assert.equal(
    offsets(GEN9_SWITCHED, 'RCS0').join(' '),
    '229cm 2248 2098 20c0m* 24d0 24d4 24d8 24dc 24e0 24e4 24e8 24ec 24f0 24f4 24f8 24fc 7004m* 7008m* ' +
      '7000m* 7010m* 7300m* 83a4m* 40e0 40e4 2580m* 7014m* 20ecm b118 b11c b008 e100m* e180m* e184m* ' +
      'e188m* e194m* e4f0m* 4de0* 4de4* 4de8* 4dec* 4df0* 4df4* 4dfc* 7304m* 2248 940c 4ab8 4ab0 20d4m ' +
      '20d8m* b004 20a0 20e4m',
  );
  assert.equal(offsets(GEN9_SWITCHED, 'BCS0').join(' '), '2229cm 2209cm 220c0m 22098 22028m');
  assert.deepEqual(offsets(GEN9_SWITCHED, 'VCS1'), ['1c028m']);
  assert.deepEqual(offsets(GEN9_SWITCHED, 'VECS0'), ['1a028m']);
  assert.deepEqual(offsets(GEN9_SWITCHED, 'VCS0'), []);
});

test('§11: Gen8 has the render list up to 0x83a4 and the five of the blitter', () => {
  const render = offsets(GEN8_SWITCHED, 'RCS0');
  assert.equal(render.at(-1), '83a4m*');
  assert.equal(render.length, 22);
  assert.equal(offsets(GEN8_SWITCHED, 'BCS0').length, 5);
});

test('§11: saved without mask half, loaded with it; what is in the context image is skipped on Gen9', () => {
  const host = testHost();
  const [one, two] = [addGuest(host), addGuest(host)];
  one.w(0x20a0, 0x11);
  two.w(0x20a0, 0x22);
  one.w(0x4de0, 0x33);
  one.run(one.context(), [USER_INTERRUPT]);
  const switches: RegisterSwitch[] = [];
  host.setListener({ renderSwitched: (event) => switches.push(event) });
  two.run(two.context(), [USER_INTERRUPT]);
  const at = (offset: number) => switches.filter((event) => event.offset === offset);
  assert.deepEqual(at(0x20a0), [{ from: 1, to: 2, offset: 0x20a0, old: 0x11, next: 0x22 }]);
  assert.deepEqual(at(0x229c), [{ from: 1, to: 2, offset: 0x229c, old: 0x8000, next: 0xffff8000 }]);
  assert.deepEqual(at(0x4de0), []);
  assert.equal(at(0x2248).length, 2, 'listed twice');
  assert.equal(at(0xc800).length, 1, 'MOCS');
  assert.equal(at(0xb020).length, 1, 'L3 MOCS');
  assert.equal(host.host.hardware.get(0x20a0), 0x22);
  assert.equal(host.host.hardware.get(0x229c), 0x8000);
});

test('§11: only the engine that is used changes hands, and the host gets back what it had', () => {
  const host = testHost();
  const golden = host.host.hardware.get(0x20a0);
  const [render, blitter] = [addGuest(host), addGuest(host, undefined, 0x22000)];
  render.w(0x20a0, 5);
  render.run(render.context(), [USER_INTERRUPT]);
  blitter.run(blitter.context(), [USER_INTERRUPT]);
  assert.deepEqual([host.ownerOf('RCS0'), host.ownerOf('BCS0')], [1, 2]);
  host.destroy(1);
  assert.deepEqual([host.ownerOf('RCS0'), host.ownerOf('BCS0')], [0, 2]);
  assert.equal(host.host.hardware.get(0x20a0), golden);
});

test('§6.2: who does not own an engine sees its own last values, never the owner’s', () => {
  const host = testHost();
  const [one, two] = [addGuest(host), addGuest(host)];
  one.run(one.context(), [USER_INTERRUPT, 0]);
  const seen = [0x74, 0x5c, 0x68].map((register) => one.ring(register));
  const context = two.context();
  two.emit(context, new Array(20).fill(0));
  two.run(context, [USER_INTERRUPT]);
  assert.deepEqual(
    [0x74, 0x5c, 0x68].map((register) => one.ring(register)),
    seen,
  );
  assert.notEqual(two.ring(0x74), one.ring(0x74));
});

test('§11: the timestamp is live for everybody', () => {
  const host = testHost();
  const [one, two] = [addGuest(host), addGuest(host)];
  host.advanceTo(1e9);
  assert.equal(one.ring(0x358), 12e6);
  assert.equal(two.ring(0x358), 12e6);
});
