import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimelineSession } from '../session.ts';
import { fakeSession, NOT_CANCELLED } from '../testing/traces.ts';

const LINES = [
  'T 0.0005',
  'W 4 00203c 00003001',
  'W 4 00203c 00001000 @ write_ctl < start_ring',
  'R 4 0c501c 00000007',
  'W 4 800008 00002001',
  'AW 4 00001000 000000ff',
  'CW 2 04 0006',
  '# 0.1 a note',
];

const at = async (record: number): Promise<TimelineSession> => {
  const session = await fakeSession(LINES);
  await session.seek({ record, event: 0 }, NOT_CANCELLED);
  return session;
};

test('an access shows what it will change, without changing it', async () => {
  const session = await at(1);
  const hash = await session.inspect({ kind: 'hash' });
  const view = await session.inspect({ kind: 'access' });
  assert.equal(view?.name, 'RCS0.RING_CTL');
  assert.deepEqual([view?.before.low, view?.after.low, view?.value.low], [0x3001, 0x1000, 0x1000]);
  assert.deepEqual(view?.fields, [
    { name: 'enable', low: 0, high: 0, value: 1, next: 0, meaning: 'enabled' },
    { name: 'bufferLength', low: 12, high: 20, value: 3, next: 1, meaning: '0x3000' },
  ]);
  assert.deepEqual([view?.record, view?.line, view?.timeNs], [1, 4, 500_000]);
  assert.equal(await session.inspect({ kind: 'hash' }), hash);
});

test('a read is compared with its recorded answer', async () => {
  const session = await at(2);
  const view = await session.inspect({ kind: 'access' });
  assert.deepEqual([view?.direction, view?.comparison], ['read', 'different']);
  assert.deepEqual([view?.value.low, view?.after.low], [7, 0]);
  const register = await session.inspect({ kind: 'register', name: '0xc501c' });
  assert.equal(register?.value.low, 0, 'looking did not read');
});

test('entries, the aperture and configuration are named and decoded', async () => {
  const entry = await (await at(3)).inspect({ kind: 'access' });
  assert.equal(entry?.name, 'ggtt[0x00001000].low');
  assert.deepEqual(
    entry?.fields.map(({ name, value, next }) => [name, value, next]),
    [
      ['present', 0, 1],
      ['frame', 0, 2],
    ],
  );
  const drawn = await (await at(4)).inspect({ kind: 'access' });
  assert.equal(drawn?.name, 'aperture 0x00001000 → 0x2000');
  const command = await (await at(5)).inspect({ kind: 'access' });
  assert.equal(command?.fields.find(({ name }) => name === 'busMaster')?.next, 1);
});

test('where the next record is no access there is none', async () => {
  assert.equal(await (await at(6)).inspect({ kind: 'access' }), undefined);
  assert.equal(await (await at(7)).inspect({ kind: 'access' }), undefined);
});

test('the stack shows the access and the functions of the driver', async () => {
  const stack = await (await at(1)).inspect({ kind: 'stack' });
  assert.deepEqual(stack.driver, ['write_ctl', 'start_ring']);
  assert.equal(stack.frames[0]?.name, 'RCS0.RING_CTL write 0x00001000');
  const note = await (await at(6)).inspect({ kind: 'stack' });
  assert.equal(note.frames[0]?.name, 'note');
  const end = await (await at(7)).inspect({ kind: 'stack' });
  assert.equal(end.frames[0]?.name, 'end of the recording');
});

test('registers are found by name, index and offset', async () => {
  const session = await at(1);
  const name = async (asked: string) =>
    (await session.inspect({ kind: 'register', name: asked }))?.name;
  assert.equal(await name('rcs0.ring_ctl'), 'RCS0.RING_CTL');
  assert.equal(await name('PLANE_WM_1_A[3]'), 'PLANE_WM_1_A[3]');
  assert.equal(await name('0x2030'), 'RCS0.RING_TAIL');
  assert.equal(await name('0x44'), '0x000044');
  assert.equal(await name('PLANE_WM_1_A[8]'), undefined);
  assert.equal(await name('NOBODY'), undefined);
});

test('blocks hold the registers, PVINFO its own', async () => {
  const session = await at(0);
  const [block] = await session.inspect({ kind: 'blocks' });
  assert.equal(block?.kind, 'block');
  const inside = await session.inspect({ kind: 'registers', block: block?.name ?? '' });
  assert.equal(inside.length, block?.registers);
  assert.deepEqual(await session.inspect({ kind: 'registers', block: 'nothing' }), []);
  const pvinfo = await session.inspect({ kind: 'pvinfo' });
  assert.deepEqual(
    pvinfo.map(({ name }) => name),
    ['VGT_MAGIC[0]', 'VGT_MAGIC[1]'],
  );
});

test('memory is shown with what is unknown', async () => {
  const session = await at(5);
  const query = { kind: 'memory', space: 'memory', address: 0xffe, count: 8 } as const;
  const { bytes, known } = await session.inspect(query);
  assert.deepEqual([...known], [0, 0, 1, 1, 1, 1, 0, 0]);
  assert.deepEqual([...bytes], [0, 0, 0xff, 0, 0, 0, 0, 0]);
  const huge = { kind: 'memory', space: 'memory', address: 0, count: 1e12 } as const;
  assert.equal((await session.inspect(huge)).bytes.length, 2 ** 20);
});

test('expressions are evaluated on the moment, with the access', async () => {
  const session = await at(1);
  const view = await session.inspect({ kind: 'evaluate', expression: 'RCS0.RING_CTL.enable' });
  assert.equal(view.text, '0x1 (enabled)');
  assert.deepEqual(view.target, {
    space: 'mmio',
    address: 0x203c,
    size: 4,
    bits: { low: 0, high: 0 },
  });
  const whole = await session.inspect({ kind: 'evaluate', expression: 'RCS0.RING_CTL' });
  assert.equal(whole.register?.name, 'RCS0.RING_CTL');
  const value = await session.inspect({ kind: 'evaluate', expression: 'value < old' });
  assert.deepEqual([value.text, value.type], ['true', 'boolean']);
  const unknown = await session.inspect({ kind: 'evaluate', expression: 'mem32[0x9000]' });
  assert.deepEqual([unknown.type, unknown.value?.known], ['unknown', false]);
  await assert.rejects(session.inspect({ kind: 'evaluate', expression: 'RCS0.' }), Error);
});

test('completion knows the registers', async () => {
  const found = await (await at(0)).inspect({ kind: 'complete', text: 'RCS0.RING_T', column: 11 });
  assert.equal(found[0]?.label, 'RCS0.RING_TAIL');
});

test('a device without views of its own shows empty lists', async () => {
  const session = await at(0);
  assert.deepEqual(await session.inspect({ kind: 'interrupts' }), []);
  assert.deepEqual(await session.inspect({ kind: 'ggtt', start: 0, count: 4 }), []);
  assert.deepEqual(await session.inspect({ kind: 'walk', space: 'ggtt', address: 0 }), []);
});
