import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeDevice } from '../testing/fake-device.ts';
import { traceOf } from '../testing/traces.ts';
import type { ComparePolicy } from './record-applier.ts';
import { Replayer } from './replayer.ts';

async function replay(lines: readonly string[], policy: ComparePolicy = 'compare') {
  const { store } = await traceOf(lines);
  const device = new FakeDevice();
  const replayer = new Replayer(store, device, policy);
  return { store, device, replayer };
}

const low = (device: FakeDevice, offset: number) => device.peek('mmio', offset, 4).low;

test('writes, reads, guest memory and time reach the device in order', async () => {
  const { device, replayer, store } = await replay([
    'T 0.0005',
    'W 4 002030 00000040',
    'R 4 0c501c 00000000',
    'T 0.0015',
    `M 000001000 ${'ab'.repeat(64)}`,
  ]);
  replayer.advance(2);
  assert.equal(low(device, 0x2034), 0x40, 'the hook ran');
  assert.equal(low(device, 0xc501c), 1, 'the read had its side effect');
  assert.equal(device.now, 500_000);
  replayer.advance(store.length);
  assert.equal(device.peek('memory', 0x1000, 4).low, 0xabababab);
  assert.equal(low(device, 0x44408), 1, 'an alarm fell due');
});

test('what the device did when it was recorded is not applied', async () => {
  const { device, replayer, store } = await replay([
    'IRQ msi fee01004 0026',
    'DW 4 ggtt:37ffe040 00000001',
    'CSW rcs0 002580 00070004',
    '# 1.0 a note',
  ]);
  replayer.advance(store.length);
  assert.equal(replayer.position, 4);
  assert.equal(device.hash(), new FakeDevice().hash());
});

test('a different answer stands, unless recorded answers are forced', async () => {
  const lines = ['R 4 002030 00000005'];
  const compared = await replay(lines, 'compare');
  compared.replayer.advance(1);
  assert.equal(low(compared.device, 0x2030), 0);
  const forced = await replay(lines, 'force');
  forced.replayer.advance(1);
  assert.equal(low(forced.device, 0x2030), 5);
});

test('where memory is lacking, engine registers answer from the recording after the fourth ELSP write', async () => {
  const { device, replayer, store } = await replay([
    'R 4 0023a0 00000505',
    ...['1', '2', '3', '4'].map((value) => `W 4 002230 0000000${value}`),
    'R 4 0023a0 00000501',
    'R 4 002030 00000007',
  ]);
  device.lacksMemory = true;
  assert.equal(replayer.firstSubmission, 5);
  replayer.advance(1);
  assert.equal(low(device, 0x23a0), 0, 'before it the device answers');
  replayer.advance(store.length);
  assert.equal(low(device, 0x23a0), 0x501);
  assert.equal(low(device, 0x2030), 0, 'RING_TAIL does not depend on execution');
});

test('replay stops after the record in which it is interrupted', async () => {
  const { device, replayer } = await replay(['W 4 002030 00000001', 'W 4 002030 00000002']);
  device.setListener({ registerChanged: () => replayer.interrupt() });
  replayer.advance(2);
  assert.equal(replayer.position, 1);
  assert.equal(replayer.interrupted, true);
});
