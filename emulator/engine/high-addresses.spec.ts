import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_PARTITION } from '../partition.ts';
import { EngineGuest } from '../testing/engine-guest.ts';

/** A slice in the last GiB of the graphics address space: every address has bit 31 set. */
const partition = { ...DEFAULT_PARTITION, hiddenBase: 0xe0000000, hiddenSize: 0x1ffff000 };
const END = 0x05000000;

for (const policy of ['hardware', 'gvt-g'] as const) {
  test(`bugs.md §5: image, ring and batch above 2 GiB, under the policy ${policy}`, () => {
    const guest = new EngineGuest({ partition, policy });
    const scratch = guest.hidden + 4096;
    const store = (offset: number, value: number) => [0x10400002, scratch + offset, 0, value];
    const context = guest.context();
    assert.ok(context.lrca > 2 ** 31 && context.ring > 2 ** 31);
    guest.show(scratch + 0x100, [...store(0, 1), END]);
    guest.run(context, [0x18800001, scratch + 0x100, 0, ...store(4, 2)]);
    assert.deepEqual([guest.dword(scratch), guest.dword(scratch + 4)], [1, 2]);
    assert.deepEqual(guest.statusEntry(1), [0x18, context.id]);
    const { faults } = guest;
    assert.deepEqual(
      faults.filter(({ check }) => check !== 'event-masked'),
      [],
    );
  });
}

test('bugs.md §5: a user batch at an address of 48 bits', () => {
  const guest = new EngineGuest({ partition });
  // The last of 512 entries of each level but the first: 0x7f_ffff_f000.
  const tables = 0x5000_0000;
  const entry = (physical: number) => [physical | 3, 0];
  for (let n = 0; n < 3; n++) guest.vgpu.showMemory(tables + n * 4096, new Uint8Array(4096));
  const put = (address: number, [low = 0, high = 0]: number[]) =>
    guest.vgpu.core.memory.writeValue(address, 8, low, high);
  put(0x4000_0000 + 255 * 8, entry(tables));
  put(tables + 511 * 8, entry(tables + 4096));
  put(tables + 4096 + 511 * 8, entry(tables + 8192));
  put(tables + 8192 + 511 * 8, entry(0x6000_0000));
  const scratch = guest.hidden + 4096;
  const dwords = Uint32Array.of(0x10400002, scratch, 0, 7, END);
  guest.vgpu.showMemory(0x6000_0000, new Uint8Array(dwords.buffer));
  guest.run(guest.context(), [0x18800101, 0xfffff000, 0x7fff]);
  assert.equal(guest.dword(scratch), 7);
});

test('bugs.md §3, gvt-facts §5.3: a context whose pages have got another place is loaded from there', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  const scratch = guest.hidden + 4096;
  const show = (value: number) => [0x10400002, scratch, 0, value];
  guest.run(context, show(1));
  assert.equal(guest.dword(scratch), 1);
  // The same LRCA, behind it another page: a copy of the image whose ring is elsewhere.
  const image = Array.from(
    { length: 1024 },
    (_, n) => guest.dword(context.lrca + 4096 + n * 4) ?? 0,
  );
  const other = guest.context();
  guest.emit(other, show(2));
  image[0x14 / 4] = 0;
  image[0x1c / 4] = other.tail;
  image[0x24 / 4] = other.ring;
  const page = 0x7000_0000;
  guest.vgpu.showMemory(page, new Uint8Array(Uint32Array.from(image).buffer));
  guest.device.write('mmio', 0x800000 + ((context.lrca + 4096) / 4096) * 8, 8, page | 1, 0);
  guest.submit(context);
  guest.vgpu.runWork();
  assert.equal(guest.dword(scratch), 2);
});
