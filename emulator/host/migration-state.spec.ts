import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Core } from '../core.ts';
import { EngineGuest } from '../testing/engine-guest.ts';
import { act, perform } from '../testing/hostile-acts.ts';
import { addGuest, addVgpu, testHost } from '../testing/test-host.ts';
import type { HostedVgpu } from './hosted-vgpu.ts';
import { loadImage, saveImage } from './migration.ts';
import { bytesOf, packImage, REGION, unpackImage, wordsOf } from './migration-regions.ts';
import { vgpuState } from './state-codec.ts';

const MONITOR = { connection: 'dp', port: 'D', edid: new Uint8Array(128) } as const;
const TYPE_4 = { type: 'i915-GVTg_V5_4', more: { monitor: MONITOR } };
const WINDOW = 128 * 0x100000;
const [PML4, PDP, PD, PT] = [0x2000000, 0x2001000, 0x2002000, 0x2003000] as const;

function imageOf(core: Core): Uint8Array {
  const image = saveImage(core);
  assert.ok(image instanceof Uint8Array);
  return image;
}

/** The same vGPU on another host. */
function arrived(from: Core, device: HostedVgpu = addVgpu(testHost(), TYPE_4)) {
  device.vgpu.core.memory.restore(from.memory.save());
  assert.equal(loadImage(device.vgpu.core, imageOf(from)), undefined);
  return device;
}

/** A guest with a PPGTT whose tables it can also write through the aperture, as its processor does. */
function guestWithTables() {
  const guest = addGuest(testHost(), TYPE_4);
  guest.device.read('mmio', 0x78000, 4);
  [PML4, PDP, PD, PT].forEach((page, at) => {
    guest.device.showMemory(page, new Uint8Array(4096));
    guest.device.write('mmio', 0x800000 + (WINDOW / 4096 + at) * 8, 8, page | 1, 0);
  });
  const { memory } = guest.vgpu.core;
  memory.writeValue(PML4, 8, PDP | 3, 0);
  memory.writeValue(PDP, 8, PD | 3, 0);
  memory.writeValue(PD, 8, PT | 3, 0);
  guest.w(0x78838, PML4);
  guest.w(0x7883c, 0);
  guest.w(0x78818, 4);
  return guest;
}

const entry = (page: number) => 0x800000 + (WINDOW / 4096 + page) * 8;

test('§5.3, §12.5: a half that waits for its other half goes along, and so do older ones', () => {
  for (const [first, second] of [
    [0, 4],
    [4, 0],
  ] as const) {
    const guest = addGuest(testHost(), TYPE_4);
    guest.w(entry(100) + first, 0x5001);
    guest.w(entry(200) + first, 0x6001);
    const device = arrived(guest.vgpu.core);
    assert.equal(device.hash(), guest.device.hash());
    for (const each of [device, guest.device]) {
      each.write('mmio', entry(100) + second, 4, 0x7001, 0);
      each.write('mmio', entry(200) + second, 4, 0x8001, 0);
    }
    assert.equal(device.hash(), guest.device.hash());
    assert.notEqual(device.peek('mmio', entry(100) + first, 4).low, 0, 'its first half is kept');
  }
});

test('§5.4, §12.5: entries that are postponed, and those that the shadow has otherwise, go along', () => {
  const guest = guestWithTables();
  guest.device.write('aperture', WINDOW + 16, 4, 0x2001003, 0);
  guest.device.write('aperture', WINDOW + 24, 1, 3, 0);
  const { shadow } = guest.vgpu.core.state;
  assert.deepEqual(shadow.tables[0]?.postponed, [2]);
  assert.equal(shadow.tables[0]?.stale.length, 1);
  const device = arrived(guest.vgpu.core);
  assert.deepEqual(device.vgpu.core.state.shadow, shadow);
  for (const each of [device, guest.device]) {
    each.write('aperture', WINDOW + 20, 4, 0, 0);
    each.write('mmio', 0x78818, 4, 5, 0);
  }
  assert.equal(device.hash(), guest.device.hash());
});

test('§2.4, §12.5: what a guest in failsafe mode wrote outside its slice goes along', () => {
  const guest = addGuest(testHost(), TYPE_4);
  guest.w(0x78808, 1);
  guest.device.write('mmio', 0x800000 + 5 * 8, 8, 0x1234, 0x56);
  const device = arrived(guest.vgpu.core);
  assert.equal(device.read('mmio', 0x800000 + 5 * 8, 4).low, 0x1234);
  assert.equal(device.hash(), guest.device.hash());
});

test('§12.5: a context that runs goes along with its place in its batch', () => {
  const from = new EngineGuest({ hosted: addVgpu(testHost(), TYPE_4) });
  from.run(from.context(), [0x0e404002, 1, from.hidden + 4096, 0]);
  const { state } = from.vgpu.core;
  assert.equal(state.engines.each[0]?.phase, 'run');
  const device = arrived(from.vgpu.core);
  assert.equal(device.hash(), from.device.hash());
  for (const each of [device, from.device]) while (!each.advanceTo(20e6)) each.runWork();
  assert.equal(device.hash(), from.device.hash());
});

test('§12.5: at any moment of what a guest may do, the vGPU goes on elsewhere as it would have here', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 12 }),
      fc.array(act, { maxLength: 6 }),
      (before, after) => {
        const guest = addGuest(testHost(), TYPE_4);
        const other = { ...guest.vgpu.core.config.partition, mappableBase: 0, hiddenBase: 0 };
        for (const deed of before) perform(guest, deed, other);
        const hosted = addVgpu(testHost(), TYPE_4);
        const there = new EngineGuest({ hosted });
        arrived(guest.vgpu.core, hosted);
        assert.equal(there.device.hash(), guest.device.hash());
        for (const deed of after) {
          // A context that is made anew would be made elsewhere by the other guest.
          if (deed.kind === 'commands') continue;
          perform(guest, deed, other);
          perform(there, deed, other);
        }
        assert.equal(there.device.hash(), guest.device.hash());
      },
    ),
    { numRuns: 30 },
  );
});

test('§4.4, §12.5: between hosts the clock goes on, and fences come to those of the new host', () => {
  const [here, there] = [testHost(), testHost()];
  const guest = addGuest(here, TYPE_4);
  guest.w(0x100000, 0x8000001);
  guest.w(0x100004, 0x8010000);
  guest.device.advanceTo(70e6);
  const hosted = addVgpu(there, TYPE_4);
  const image = here.saveImage(hosted.id);
  assert.ok(image instanceof Uint8Array);
  assert.equal(there.loadImage(hosted.id, image), undefined);
  assert.equal(hosted.now, 70e6);
  const [fence = 0] = there.host.state.holdings.find(({ id }) => id === hosted.id)?.fences ?? [];
  assert.equal(there.host.hardware.get(0x100000 + fence * 8), 0x8000001);
  there.advanceTo(there.now + 1e6);
  assert.equal(hosted.now, 71e6);
  assert.match(JSON.stringify(there.saveImage(9)), /There is no vGPU 9/);
});

/** What a snapshot holds and an image does not, and why. */
const NOT_IN_IMAGES: ReadonlyMap<string, string> = new Map([
  ['memory', 'the hypervisor moves guest memory'],
  ['ownBytes', 'what a snapshot costs'],
  ['state.engines.gate', 'the new host’s scheduler decides'],
]);

/** Every leaf of plain state, by its path; of empty lists too. */
function leaves(value: unknown, path: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    return [path.join('.')];
  }
  const items = Object.entries(value);
  if (items.length === 0) return [path.join('.')];
  return items.flatMap(([key, item]) => leaves(item, [...path, key]));
}

function otherValue(was: unknown): unknown {
  if (typeof was === 'number') return was + 1;
  if (typeof was === 'boolean') return !was;
  if (was instanceof Uint8Array) return was.map((byte) => byte ^ 1);
  return Array.isArray(was) ? [1] : 'another';
}

test('§12.5: an image holds each item that a snapshot holds, but for those with a reason', () => {
  const source = guestWithTables();
  source.run(source.context(), [0x0e404002, 1, source.hidden + 4096, 0]);
  const { core } = source.vgpu;
  const parts = Object.keys(source.vgpu.save()).filter((item) => !NOT_IN_IMAGES.has(item));
  assert.deepEqual(parts.sort(), ['ggtt', 'registers', 'state'], 'the parts of a snapshot');
  const before = stateWords(core);
  const paths = leaves(core.state, ['state']);
  assert.ok(paths.length > 200 && paths.includes('state.engines.each.0.loop.rounds'));
  const forgotten = paths.filter((path) => !NOT_IN_IMAGES.has(path) && !matters(path));
  assert.deepEqual(forgotten, []);

  /** Whether the image becomes another one, or cannot be made, with another value in this place. */
  function matters(path: string): boolean {
    const names = path.split('.').slice(1);
    const last = names.pop() ?? '';
    const holder = names.reduce<object>((at, name) => Object(Reflect.get(at, name)), core.state);
    const was: unknown = Reflect.get(holder, last);
    Reflect.set(holder, last, otherValue(was));
    const after = stateWords(core);
    Reflect.set(holder, last, was);
    return after.join() !== before.join();
  }
});

function stateWords(core: Core): readonly number[] {
  const words: number[] = [];
  try {
    vgpuState(core).write(core.state, words);
  } catch {
    words.push(-1); // A value that has no place in an image.
  }
  return words;
}

test('whatever stands in an image’s state, it is taken or refused with a sentence', () => {
  const source = guestWithTables();
  source.run(source.context(), [0x0e404002, 1, source.hidden + 4096, 0]);
  source.w(entry(100), 0x5001);
  const regions = unpackImage(imageOf(source.vgpu.core));
  assert.ok(typeof regions === 'object');
  const state = wordsOf(
    regions.find(({ type }) => type === REGION.state)?.bytes ?? new Uint8Array(),
  );
  const without = regions.filter(({ type }) => type !== REGION.state);
  const { vgpu } = addVgpu(testHost(), TYPE_4);
  const clean = vgpu.save();
  const change = fc.tuple(
    fc.nat(state.length - 1),
    fc.oneof(fc.nat(7), fc.constantFrom(0xffffffff, 0x80000000), fc.nat(0xffffffff)),
  );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean(), (changes, cut) => {
      const words = cut ? state.slice(0, changes[0]?.[0]) : state.slice();
      for (const [at, value] of changes) words[at] = value;
      vgpu.restore(clean);
      const image = packImage([...without, { type: REGION.state, bytes: bytesOf(words) }]);
      const problem = loadImage(vgpu.core, image);
      assert.ok(problem === undefined || /^Region 257, the state, .*\.$/.test(problem.problem));
      if (problem) return;
      vgpu.runWork();
      vgpu.advanceTo(vgpu.now + 20e6);
      vgpu.runWork();
      vgpu.write('mmio', 0x78818, 4, 5, 0);
      vgpu.write('mmio', 0x941c, 4, 1, 0);
      vgpu.reset();
    }),
    { numRuns: 100 },
  );
});
