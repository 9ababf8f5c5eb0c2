import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH } from '../../testing/engine-guest.ts';

const USER_INTERRUPT = 0x01000000;
/** PML4, PDP, PD and PT that `EngineGuest` makes. */
const FRAMES = [0x40000, 0x40001, 0x40002, 0x40003];
const SEMAPHORE_WAIT = [0x0e404002, 1, SCRATCH, 0];

function notify(guest: EngineGuest, value: number): void {
  guest.w(0x78838, 0x40000000);
  guest.w(0x7883c, 0);
  guest.w(0x78818, value);
}

test('§5.4: work that uses an unknown root has it shadowed while it runs', () => {
  const guest = new EngineGuest();
  const { shadow } = guest.vgpu.core.state;
  const context = guest.context();
  guest.emit(context, [USER_INTERRUPT]);
  guest.submit(context);
  assert.equal(shadow.roots.length, 0);
  guest.vgpu.stepWork();
  assert.deepEqual(
    shadow.tables.map(({ frame }) => frame),
    FRAMES,
  );
  assert.deepEqual(shadow.roots[0]?.users, [0]);
  guest.vgpu.runWork();
  assert.deepEqual(shadow, { tables: [], roots: [] });
});

test('§5.4: a root that the guest created stays when the work is done', () => {
  const guest = new EngineGuest();
  const { shadow } = guest.vgpu.core.state;
  notify(guest, 4);
  const context = guest.context();
  guest.run(context, [USER_INTERRUPT]);
  assert.equal(shadow.roots[0]?.references, 1);
  assert.deepEqual(shadow.roots[0]?.users, []);
});

test('§5.5: a root is destroyed while a workload still holds a pin', () => {
  const guest = new EngineGuest();
  const { shadow } = guest.vgpu.core.state;
  notify(guest, 4);
  const context = guest.context();
  guest.run(context, SEMAPHORE_WAIT);
  notify(guest, 5);
  assert.equal(guest.faults.at(-1)?.check, 'ppgtt-pinned');
  assert.equal(shadow.roots.length, 1, 'the work keeps it');
  guest.w(0x941c, 2);
  assert.deepEqual(shadow, { tables: [], roots: [] }, 'the reset drops the work');
});

test('§12.3: a reset of all engines invalidates trees and keeps roots; work shadows them again', () => {
  const guest = new EngineGuest();
  const { shadow } = guest.vgpu.core.state;
  notify(guest, 4);
  guest.w(0x941c, 1);
  assert.deepEqual(shadow.tables, []);
  assert.equal(shadow.roots[0]?.shadowed, false);
  guest.w(0x229c, 0x80008000);
  guest.w(0x2080, 640 * 0x100000);
  guest.run(guest.context(), [USER_INTERRUPT]);
  assert.equal(shadow.roots[0]?.shadowed, true);
  assert.equal(shadow.tables.length, 4);
});

test('§5.4: entries written by halves are taken over when work is prepared', () => {
  const guest = new EngineGuest();
  const { shadow } = guest.vgpu.core.state;
  notify(guest, 4);
  const table = shadow.tables.find(({ frame }) => frame === 0x40003);
  guest.vgpu.core.memory.writeValue(0x40003010, 4, 0x50003, 0);
  // Without a hypervisor the change is taken over at once: only roots are certain.
  assert.deepEqual(table?.postponed, []);
  guest.vgpu.core.memory.writeValue(0x40000008, 4, 0x40001003, 0);
  assert.deepEqual(shadow.tables[0]?.postponed, [1]);
  assert.equal(shadow.tables[1]?.references, 1);
  guest.run(guest.context(), [USER_INTERRUPT]);
  assert.deepEqual(shadow.tables[0]?.postponed, []);
  assert.equal(shadow.tables[1]?.references, 2);
});
