import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Platform } from '../mmio/register-row.ts';
import { commandTable } from './command-table.ts';
import { type DecodedCommand, decodeCommand } from './decode.ts';

function decode(engine: string, dwords: readonly number[], platform: Platform = 'skl') {
  const row = commandTable(platform, engine).find(dwords[0] ?? 0);
  assert.ok(row);
  return decodeCommand(row, dwords);
}

/** Values, or meanings where there are, of the fields that are not 0. */
function fieldsOf({ fields }: DecodedCommand): Record<string, number | string> {
  const shown = fields.filter(({ value }) => value !== 0);
  return Object.fromEntries(shown.map(({ name, value, meaning }) => [name, meaning ?? value]));
}

function addressesOf({ addresses }: DecodedCommand): string[] {
  return addresses.map(({ name, dword, space, address }) => {
    return `${dword} ${name} ${space} ${address.toString(16)}`;
  });
}

describe('§10.4 layouts', () => {
  test('MI_STORE_DATA_IMM of a qword, in the GGTT and in a PPGTT', () => {
    const stored = decode('RCS0', [0x10600003, 0x1001, 0xffff, 2, 3]);
    assert.deepEqual(fieldsOf(stored), {
      useGlobalGtt: 1,
      storeQword: 1,
      coreMode: 1,
      data: 2,
      dataUpper: 3,
    });
    assert.deepEqual(addressesOf(stored), ['1 address ggtt ffff00001000']);
    assert.deepEqual(addressesOf(decode('RCS0', [0x10000002, 0x1000, 0, 2])), [
      '1 address ppgtt 1000',
    ]);
  });

  test('MI_LOAD_REGISTER_IMM of one register and of two', () => {
    assert.deepEqual(fieldsOf(decode('RCS0', [0x11000001, 0x2600, 7])), {
      register: 0x2600,
      data: 7,
    });
    const loads = decode('RCS0', [0x11001003, 0x2600, 7, 0x2604, 8]);
    assert.deepEqual(fieldsOf(loads), {
      forcePosted: 1,
      'register[0]': 0x2600,
      'data[0]': 7,
      'register[1]': 0x2604,
      'data[1]': 8,
    });
    assert.deepEqual(
      loads.fields.filter(({ register }) => register).map(({ dword }) => dword),
      [1, 3],
    );
  });

  test('MI_STORE_REGISTER_MEM, MI_LOAD_REGISTER_MEM, MI_LOAD_REGISTER_REG', () => {
    const store = decode('RCS0', [0x12400002, 0x2600, 0x1000, 0]);
    assert.equal(fieldsOf(store)['register'], 0x2600);
    assert.deepEqual(addressesOf(store), ['2 address ggtt 1000']);
    const load = decode('RCS0', [0x14800002, 0x2600, 0x1000, 1]);
    assert.deepEqual(addressesOf(load), ['2 address ppgtt 100001000']);
    assert.deepEqual(fieldsOf(decode('RCS0', [0x15000001, 0x2600, 0x2608])), {
      sourceRegister: 0x2600,
      destinationRegister: 0x2608,
    });
  });

  test('MI_FLUSH_DW writes to an address, into the status page, or nothing', () => {
    const written = decode('BCS0', [0x13044102, 0x37fe5104, 0, 1]);
    assert.deepEqual(fieldsOf(written), {
      tlbInvalidate: 1,
      postSyncOperation: 'write immediate',
      notifyEnable: 1,
      addressSpace: 'GGTT',
      data: 1,
    });
    assert.deepEqual(addressesOf(written), ['1 address ggtt 37fe5100']);
    const indexed = decode('BCS0', [0x13204002, 0x104, 0, 1]);
    assert.equal(fieldsOf(indexed)['statusPageOffset'], 0x100);
    assert.deepEqual(addressesOf(indexed), []);
    assert.deepEqual(addressesOf(decode('BCS0', [0x13000002, 0xd0, 0, 0])), []);
  });

  test('PIPE_CONTROL writes memory, the status page, or a register', () => {
    const written = decode('RCS0', [0x7a000004, 0x01104180, 0x37ffe100, 0, 1, 2]);
    assert.deepEqual(fieldsOf(written), {
      addressSpace: 'GGTT',
      commandStreamerStall: 1,
      postSyncOperation: 'write immediate',
      notifyEnable: 1,
      pipeControlFlush: 1,
      data: 1,
      dataUpper: 2,
    });
    assert.deepEqual(addressesOf(written), ['2 address ggtt 37ffe100']);
    const indexed = decode('RCS0', [0x7a000004, 0x00204000, 0x100, 0, 1, 0]);
    assert.equal(fieldsOf(indexed)['statusPageOffset'], 0x100);
    const loaded = decode('RCS0', [0x7a000004, 0x00804000, 0x2600, 0, 1, 0]);
    assert.equal(fieldsOf(loaded)['register'], 0x2600);
    assert.deepEqual([indexed, loaded].flatMap(addressesOf), []);
  });

  test('MI_BATCH_BUFFER_START: bit 8 is the PPGTT, bit 22 the second level', () => {
    const start = decode('RCS0', [0x18c00101, 0xfffee000, 0xfffffffe]);
    assert.deepEqual(fieldsOf(start), { level: 'second', addressSpace: 'PPGTT' });
    assert.deepEqual(addressesOf(start), ['1 address ppgtt fffefffee000']);
    assert.deepEqual(addressesOf(decode('RCS0', [0x18800001, 0x1000, 0])), ['1 address ggtt 1000']);
  });

  test('MI_DISPLAY_FLIP has its plane elsewhere on Broadwell', () => {
    const flip = decode('RCS0', [0x0a000401, 0x00000204, 0x40000000]);
    assert.deepEqual(fieldsOf(flip), { plane: 'plane 2 of pipe A', stride: 8, tileMode: 'Y' });
    assert.deepEqual(addressesOf(flip), ['2 surface ggtt 40000000']);
    const older = decode('RCS0', [0x0a200001, 0x00001001, 0x40000001], 'bdw');
    assert.deepEqual(fieldsOf(older), {
      plane: 'primary plane of pipe C',
      stride: 0x1000,
      tileMode: 'X',
      flipType: 'asynchronous',
    });
    const stereo = decode('RCS0', [0x0a000002, 0, 0x40000002, 0x50000000]);
    assert.deepEqual(addressesOf(stereo)[1], '3 leftEyeSurface ggtt 50000000');
  });

  test('XY_SRC_COPY_BLT and XY_COLOR_BLT', () => {
    const copy = decode('BCS0', [0x54f08808, 0x43ccff00, 0, 0x00200040, 1, 2, 3, 0x80, 4, 5]);
    assert.deepEqual(fieldsOf(copy), {
      writeAlpha: 1,
      writeRgb: 1,
      destinationTiling: 'tiled',
      clippingEnable: 1,
      colorDepth: '32 bpp',
      rasterOperation: 0xcc,
      destinationPitch: -256,
      right: 64,
      bottom: 32,
      sourceTiling: 'tiled',
      sourceLeft: 3,
      sourcePitch: 128,
    });
    assert.deepEqual(addressesOf(copy), [
      '4 destination ppgtt 200000001',
      '8 source ppgtt 500000004',
    ]);
    const fill = decode('BCS0', [0x54300005, 0x03f00100, 0, 0, 0x1000, 0, 0xff]);
    assert.equal(fieldsOf(fill)['color'], 0xff);
  });
});

test('MI_COPY_MEM_MEM has a bit for each of its spaces', () => {
  assert.deepEqual(addressesOf(decode('RCS0', [0x17200003, 0x10, 0, 0x20, 0])), [
    '1 destination ggtt 10',
    '3 source ppgtt 20',
  ]);
});

test('3DSTATE_VERTEX_BUFFERS has an address for each buffer', () => {
  const buffers = decode('RCS0', [0x78080007, 0, 0x1000, 0, 64, 0, 0x2000, 0, 64]);
  assert.deepEqual(addressesOf(buffers), [
    '2 bufferStart[0] ppgtt 1000',
    '6 bufferStart[1] ppgtt 2000',
  ]);
});

test('what stands behind a command, and what is cut off, is not part of it', () => {
  const cut = decode('RCS0', [0x10400002, 0x1000]);
  assert.equal(cut.length, 4);
  assert.equal(fieldsOf(cut)['data'], undefined);
  const long = decode('RCS0', [0x10400002, 0x1000, 0, 1, 9, 9]);
  assert.equal(fieldsOf(long)['dataUpper'], undefined);
});
