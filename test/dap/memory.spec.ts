import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_STEPS, goTo, lineBeginning } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const adapter = sharedClient((client) => client.open(FIRST_STEPS));

describe('memory', () => {
  const read = async (memoryReference: string, count: number, offset = 0) => {
    const args = { memoryReference, count, offset };
    return (await adapter().customRequest('readMemory', args)).body;
  };
  const bytes = (data: string) => [...Buffer.from(data, 'base64')];

  test('of every space can be read', async () => {
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    assert.deepEqual(bytes((await read('mmio:0x2030', 4)).data), [0x40, 0, 0, 0]);
    assert.deepEqual(bytes((await read('config:0x0', 2)).data), [0x86, 0x80]);
    assert.deepEqual(bytes((await read('memory:0x1234000', 4)).data), [0, 0, 0, 0]);
    assert.deepEqual(bytes((await read('ggtt:0x4000000', 4)).data), [0, 0, 0, 0]);
    assert.deepEqual(bytes((await read('aperture:0x4000000', 4)).data), [0, 0, 0, 0]);
    assert.deepEqual(bytes((await read('mmio:0x2000', 4, 0x30)).data), [0x40, 0, 0, 0]);
  });

  test('that nobody has shown is unreadable, never zero', async () => {
    const partly = await read('memory:0x1234000', 4096);
    assert.equal(bytes(partly.data).length, 64);
    assert.equal(partly.unreadableBytes, 4096 - 64);
    const unknown = await read('memory:0x9990000', 64);
    assert.equal(unknown.data, '');
    assert.equal(unknown.unreadableBytes, 64);
  });

  test('ends where its space ends', async () => {
    const { data, unreadableBytes } = await read('config:0xf0', 32);
    assert.equal(bytes(data).length, 16);
    assert.equal(unreadableBytes, 16);
  });

  test('can be written, and open views hear of it', async () => {
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    await read('memory:0x1234000', 64);
    const event = adapter().waitForEvent('memory');
    const data = Buffer.from([1, 2, 3, 4, 5]).toString('base64');
    const args = { memoryReference: 'memory:0x1234000', offset: 8, data };
    const { body } = await adapter().customRequest('writeMemory', args);
    assert.equal(body.bytesWritten, 5);
    const { memoryReference, offset, count } = (await event).body;
    assert.ok(memoryReference.length > 0 && count > 0 && offset >= 0);
    const after = bytes((await read('memory:0x1234000', 16)).data);
    assert.deepEqual(after, [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 0, 0, 0]);
  });

  test('in no known form is refused with the forms there are', async () => {
    const { body } = await adapter().failure('readMemory', { memoryReference: 'disk:7', count: 4 });
    assert.match(String(body.error?.format), /mmio:0x2030/);
  });
});

// VS Code's memory view shows unreadable bytes as zeros.
describe('memory for a client that has chosen a byte for the unknown', () => {
  const adapter = sharedClient((client) => client.open(FIRST_STEPS, { unknownByte: 0x3f }));
  const read = async (memoryReference: string, count: number) => {
    const { body } = await adapter().customRequest('readMemory', { memoryReference, count });
    return Buffer.from(body.data, 'base64').toString('latin1');
  };

  test('is filled with it, which is explained once', async () => {
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    const explained = adapter().waitForEvent('output');
    assert.equal(await read('memory:0x1234000', 80), '\0'.repeat(64) + '?'.repeat(16));
    assert.match((await explained).body.output, /0x3f \("\?"\) also stands for bytes/);
    assert.equal(await read('memory:0x9990000', 16), '?'.repeat(16));
    assert.equal(await read('config:0xfe', 4), `\0\0??`);
  });
});
