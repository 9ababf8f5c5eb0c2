import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AdapterClient, sample, VS_CODE } from './adapter-client.ts';
import { evaluate, open, resume, resumeBack, topFrame } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const BOCHS = sample('bochs_display.qemu.trace.gz');
const RADEON = sample('radeon.mmiotrace.gz');
const registers = sample('registers/bochs-display.json');

describe('a device that is not emulated, with a register description', () => {
  const adapter = sharedClient((client) => client.open(BOCHS, { registers }));
  const stopAt = async (name: string, back = false) => {
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [{ name }] });
    const stop = await (back ? resumeBack(adapter()) : resume(adapter()));
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [] });
    return stop.reason;
  };

  test('is read with those names, in documents that say so', async () => {
    const { source } = await topFrame(adapter());
    assert.match(source?.path ?? '', /\?registers%3D.*bochs-display\.json$/);
    const { body } = await adapter().sourceRequest({
      source: { path: source?.path ?? '' },
      sourceReference: 0,
    });
    assert.match(body.content, /W16 {2}DISPI_ID_XRES\+2 +0x0500 +xres/);
  });

  test('stops at its registers, and shows the fields of what they hold', async () => {
    assert.equal(await stopAt('write DISPI_ENABLE_BANK'), 'function breakpoint');
    assert.match((await topFrame(adapter())).name, /DISPI_ENABLE_BANK/);
    await adapter().stopAfter(() => adapter().nextRequest({ threadId: 1 }));
    const { inside } = await open(adapter(), 'Registers', 'Display', 'DISPI_ENABLE_BANK');
    assert.ok(inside.has('enabled'), [...inside.keys()].join());
  });

  test('answers what was recorded, and knows nothing else', async () => {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    assert.match(await evaluate(adapter(), 'DISPI_ID_XRES.id', 'watch'), /unknown/);
    assert.equal(await stopAt('read DISPI_ID_XRES'), 'function breakpoint');
    await adapter().stopAfter(() => adapter().nextRequest({ threadId: 1 }));
    assert.match(await evaluate(adapter(), 'DISPI_ID_XRES.id', 'watch'), /0xb0c5/);
  });

  test('a field’s data breakpoint stops at the same places in both directions', async () => {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    const { body } = await adapter().dataBreakpointInfoRequest({ name: 'DISPI_YRES_BPP.yres' });
    assert.ok(body.dataId);
    const breakpoints = [{ dataId: body.dataId, accessType: 'write' as const }];
    await adapter().setDataBreakpointsRequest({ breakpoints });
    const places: string[] = [];
    while ((await resume(adapter())).reason === 'data breakpoint') {
      places.push((await topFrame(adapter())).name);
    }
    assert.ok(places.length >= 2, places.join());
    const back: string[] = [];
    while ((await resumeBack(adapter())).reason === 'data breakpoint') {
      back.unshift((await topFrame(adapter())).name);
    }
    assert.deepEqual(back, places);
    await adapter().setDataBreakpointsRequest({ breakpoints: [] });
  });

  test('knows who wrote a register last', async () => {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    await resume(adapter());
    assert.match(
      await evaluate(adapter(), 'last-writer DISPI_VIRTUAL_SIZE', 'repl'),
      /last changed by record 557/,
    );
  });
});

describe('a device that nobody describes', () => {
  const adapter = sharedClient((client) => client.open(RADEON));

  test('has the registers that the recording touches, by their offsets', async () => {
    await resume(adapter());
    const { inside } = await open(adapter(), 'Registers', 'Registers in the recording');
    assert.equal(inside.get('mmio_0x00f8')?.value, '0x01000000');
    assert.equal(await evaluate(adapter(), 'mmio_0x00f8 + 1', 'watch'), '0x01000001');
    assert.equal(await evaluate(adapter(), 'mmio[0x00f8]', 'watch'), '0x01000000');
  });
});

describe('launch attributes that say how a trace is read', () => {
  const refused = async (attributes: object) => {
    const client = await AdapterClient.overStreams();
    try {
      await client.initializeRequest(VS_CODE);
      const { body } = await client.failure('launch', { trace: BOCHS, ...attributes });
      return body.error?.format ?? '';
    } finally {
      client.kill();
    }
  };

  test('are checked, each with a sentence', async () => {
    assert.match(await refused({ bar0: '0xfd000001' }), /"bar0" must be a hexadecimal address/);
    assert.match(await refused({ model: 'mine' }), /"model" must be one of auto, vgpu, recorded/);
    assert.equal(
      await refused({ registers: '/nowhere.svd' }),
      '"registers": there is no file /nowhere.svd.',
    );
    assert.match(
      await refused({ registers: '/dev/null' }),
      /"registers": \/dev\/null is no file\./,
    );
    assert.match(await refused({ registers: BOCHS }), /is no register description/);
    assert.match(await refused({ model: 'vgpu' }), /not an Intel GPU/);
  });
});
