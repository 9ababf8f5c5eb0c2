import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Core } from '../core.ts';
import type { QuirkId } from '../quirks.ts';
import type { EngineGuest } from '../testing/engine-guest.ts';
import { addGuest, addVgpu, testHost } from '../testing/test-host.ts';
import { loadImage, saveImage } from './migration.ts';
import { LARGEST_IMAGE, packImage, REGION, unpackImage } from './migration-regions.ts';

const USER_INTERRUPT = 0x01000000;

function imageOf(core: Core): Uint8Array {
  const image = saveImage(core);
  assert.ok(image instanceof Uint8Array);
  return image;
}

/** A guest with a PPGTT of its own and one submission that has not begun, of the blitter. */
function source() {
  const host = testHost();
  const guest = addGuest(host, undefined, 0x22000);
  guest.w(0x78838, 0x40000000);
  guest.w(0x78818, 4);
  guest.device.write('config', 0x10, 4, 0xd0000000, 0);
  guest.device.write('config', 0x04, 2, 2, 0);
  const context = guest.context();
  guest.emit(context, [USER_INTERRUPT]);
  guest.submit(context);
  guest.w(0x22230, 0x5);
  return guest;
}

function arrived(guest: EngineGuest, quirks: readonly QuirkId[] = []) {
  const host = testHost();
  const device = addVgpu(host, { type: 'i915-GVTg_V5_4', more: { quirks } });
  device.vgpu.core.memory.restore(guest.vgpu.core.memory.save());
  assert.equal(loadImage(device.vgpu.core, imageOf(guest.vgpu.core)), undefined);
  return device;
}

test('§12.5: the regions and their order', () => {
  const regions = unpackImage(imageOf(source().vgpu.core));
  assert.ok(typeof regions === 'object');
  assert.deepEqual(
    regions.map(({ type }) => type),
    [2, 3, 4, 5, 6, 7, 8, 0x100, 0x101],
  );
  const size = (type: number) => regions.find((region) => region.type === type)?.bytes.length;
  assert.equal(size(REGION.config), 4096);
  assert.equal(size(REGION.registers), 0x200000);
  assert.equal(size(REGION.shadowRegisters), 0x200000);
  assert.equal(size(REGION.ggtt), ((128 + 512) * 0x100000 * 8) / 4096);
});

test('§12.5: on a host of equal layout the vGPU goes on as where it came from', () => {
  const guest = source();
  const device = arrived(guest);
  const { core } = device.vgpu;
  for (const offset of [0x2229c, 0x22080, 0x78838, 0x22370, 0x223a0]) {
    assert.deepEqual(device.peek('mmio', offset, 4), guest.device.peek('mmio', offset, 4));
  }
  assert.equal(core.state.failsafe, -1);
  assert.deepEqual(core.state.shadow.tables, guest.vgpu.core.state.shadow.tables);
  assert.equal(core.state.config.decode.registers, 0xd0000000);
  assert.equal(core.state.engines.each[1]?.port.written, 1, 'an odd ELSP write goes along');
  device.runWork();
  guest.device.runWork();
  const page = guest.hidden;
  for (let at = 0x40; at < 0x80; at += 4) {
    assert.deepEqual(device.peek('ggtt', page + at, 4), guest.device.peek('ggtt', page + at, 4));
  }
});

test('bugs.md §9.12: work keeps its engine, or by choice goes to the render engine', () => {
  const guest = source();
  const phases = (quirks: readonly QuirkId[]) =>
    arrived(guest, quirks).vgpu.core.state.engines.each.map(({ phase }) => phase);
  assert.deepEqual(phases([]).slice(0, 2), ['idle', 'restore']);
  assert.deepEqual(phases(['migration-ring-0']).slice(0, 2), ['restore', 'idle']);
});

test('§12.5: an image has at most 9 MiB', () => {
  const host = testHost();
  const result = saveImage(addVgpu(host, { type: 'i915-GVTg_V5_1' }).vgpu.core);
  assert.ok('problem' in result);
  assert.match(result.problem, /9 MiB/);
  assert.ok(
    imageOf(addVgpu(testHost(), { type: 'i915-GVTg_V5_2' }).vgpu.core).length < LARGEST_IMAGE,
  );
});

test('an image of another slice, or a damaged one, is refused with a sentence', () => {
  const guest = source();
  const image = imageOf(guest.vgpu.core);
  const host = testHost();
  const { core } = addVgpu(host, { type: 'i915-GVTg_V5_8' }).vgpu;
  assert.match(loadImage(core, image)?.problem ?? '', /another slice/);
  assert.match(loadImage(core, image.subarray(0, 1000))?.problem ?? '', /ends behind/);
  const newer = image.slice();
  newer[8] = 1;
  assert.match(loadImage(core, newer)?.problem ?? '', /version 1/);
});

test('a whole vGPU moves with its snapshot, in the middle of work too', () => {
  const more = { pace: { burst: 5, perMillisecond: 3 } };
  const request = { type: 'i915-GVTg_V5_4', more };
  const from = addGuest(testHost(), request);
  from.run(from.context(), new Array<number>(50).fill(0));
  const to = addVgpu(testHost(), request);
  to.restore(from.device.save());
  assert.equal(to.hash(), from.device.hash());
  for (const device of [from.device, to]) {
    while (!device.advanceTo(50e6)) device.runWork();
  }
  assert.equal(to.hash(), from.device.hash());
});

test('§12.5: the header says version 0 and the size of the data, and has 64 spare words of 8 bytes', () => {
  const image = imageOf(source().vgpu.core);
  const view = new DataView(image.buffer, image.byteOffset);
  assert.equal(view.getUint32(0, true), REGION.header);
  const headerSize = view.getUint32(4, true);
  assert.equal(headerSize, (3 + 64) * 8);
  assert.equal(view.getUint32(8, true), 0, 'version');
  assert.equal(view.getUint32(16, true), image.length - 8 - headerSize, 'size of the data');
  assert.ok(image.subarray(8 + 24, 8 + headerSize).every((byte) => byte === 0));
});

test('§12.5: page tables go as root type and four pointers, work as descriptors, ELSP dwords per engine', () => {
  const { core } = source().vgpu;
  const regions = unpackImage(imageOf(core));
  assert.ok(typeof regions === 'object');
  const wordsAt = (type: number) => {
    const bytes = regions.find((region) => region.type === type)?.bytes ?? new Uint8Array();
    return [...new Uint32Array(bytes.slice().buffer)];
  };
  assert.deepEqual(wordsAt(REGION.ppgtt), [12, 0, 0x40000000, 0, 0, 0, 0, 0, 0, 0]);
  const [engine, place, element, elements] = wordsAt(REGION.workload);
  assert.deepEqual([engine, place, element, elements], [1, 0, 0, 1], 'the blitter’s one context');
  assert.equal(wordsAt(REGION.execlist).length, core.state.engines.each.length * 5);
});

test('§2.4, §12.3: failsafe mode, what is known of the guest, and D3 go along', () => {
  const guest = source();
  guest.device.write('config', 0xd4, 2, 3, 0);
  guest.w(0x78808, 1);
  const { failsafe, pvNotified, config } = arrived(guest).vgpu.core.state;
  assert.deepEqual([failsafe, pvNotified, config.d3Entered], [1, true, true]);
});

test('§12.5: an image of another device is refused', () => {
  const image = imageOf(source().vgpu.core);
  const device = addVgpu(testHost({ platform: 'kbl', deviceId: 0x5916 }));
  const problem = loadImage(device.vgpu.core, image)?.problem;
  assert.match(problem ?? '', /PCI ids 8086:1912, and this one has 8086:5916\.$/);
});

test('an image that lies in a buffer of Node’s, which does not copy its slices, is taken as well', () => {
  const guest = source();
  const { vgpu } = addVgpu(testHost());
  vgpu.core.memory.restore(guest.vgpu.core.memory.save());
  const buffer = Buffer.concat([Buffer.from('before'), imageOf(guest.vgpu.core)]).subarray(6);
  assert.equal(loadImage(vgpu.core, buffer), undefined);
  assert.equal(vgpu.hash(), guest.vgpu.hash());
});

test('whatever stands in an image’s regions, it is taken or refused with a sentence', () => {
  const regions = unpackImage(imageOf(source().vgpu.core));
  assert.ok(typeof regions === 'object');
  const random = randomBytes(7);
  // Without the model's own regions these are all that there is.
  const proposed = regions.filter(({ type }) => type < REGION.otherEntries);
  const small = [REGION.config, REGION.ppgtt, REGION.workload, REGION.execlist];
  const problems = new Set<string>();
  for (const type of small) {
    for (const size of [0, 1, 39, 40, 240, 4800, 200_000]) {
      const bytes = random(size);
      // What comes behind the ids is damaged.
      if (type === REGION.config && size > 4) bytes.set([0x86, 0x80, 0x12, 0x19]);
      const changed = proposed.map((region) => (region.type === type ? { type, bytes } : region));
      const { vgpu } = addVgpu(testHost(), { type: 'i915-GVTg_V5_4' });
      const problem = loadImage(vgpu.core, packImage(changed));
      if (problem) problems.add(problem.problem);
      vgpu.runWork();
      for (const { port } of vgpu.core.state.engines.each) {
        assert.ok(port.written < 4 && port.dwords.length === 4);
      }
    }
  }
  assert.deepEqual(
    [...problems],
    [
      'The image is of a vGPU with the PCI ids 0000:0000, and this one has 8086:1912.',
      'Region 2 has 1 bytes, which are no whole dwords.',
      'Region 2 has 39 bytes, which are no whole dwords.',
      'Region 6 has 1 bytes, which are no whole dwords.',
      'Region 6 has 39 bytes, which are no whole dwords.',
      'The image has 5000 page-table roots; at most 4096 are taken.',
      'Region 7 has 1 bytes, which are no whole dwords.',
      'Region 7 has 39 bytes, which are no whole dwords.',
      'Region 8 has 1 bytes, which are no whole dwords.',
      'Region 8 has 39 bytes, which are no whole dwords.',
    ],
  );
});

function randomBytes(seed: number): (size: number) => Uint8Array {
  let state = seed;
  return (size) =>
    new Uint8Array(size).map(() => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
}
