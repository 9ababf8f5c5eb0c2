import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ggttEntry, translateGgtt } from './gtt/ggtt.ts';
import { QUIRKS } from './quirks.ts';
import { EngineGuest } from './testing/engine-guest.ts';
import { testVgpu } from './testing/test-vgpu.ts';

const OWN = 128 * 0x100000;
const INDEX = OWN / 4096;
const ENTRY = 0x800000 + INDEX * 8;

test('bugs.md §9 names twelve quirks, each of which is a choice', () => {
  const numbers = QUIRKS.flatMap(({ source }) => /bugs\.md §9\.(\d+)/.exec(source)?.[1] ?? []);
  assert.deepEqual(
    numbers.map(Number),
    Array.from({ length: 12 }, (_, at) => at + 1),
  );
});

test('bugs.md §9: each of the twelve is quoted by its number by a test', () => {
  const titles = specs().flatMap((text) => text.match(/bugs\.md §9\.\d+/g) ?? []);
  for (let number = 1; number <= 12; number++) {
    assert.ok(titles.includes(`bugs.md §9.${number}`), `§9.${number}`);
  }
});

test('bugs.md §9.2, gvt-facts §5.3: 8 bytes are one entry, or by choice two halves', () => {
  const whole = testVgpu();
  whole.w(ENTRY + 4, 3);
  whole.vgpu.write('mmio', ENTRY, 8, 0x1001, 7);
  assert.equal(ggttEntry(whole.vgpu.core, INDEX).partial, false);
  assert.equal(translateGgtt(whole.vgpu.core, OWN), 0x7_0000_1000);
  const split = testVgpu({ quirks: ['vfio-splits-accesses'] });
  split.w(ENTRY + 4, 3);
  // The low half completes the entry that waited; the high one then waits alone.
  split.vgpu.write('mmio', ENTRY, 8, 0x1001, 7);
  assert.equal(ggttEntry(split.vgpu.core, INDEX).partial, true);
  assert.deepEqual(split.vgpu.read('mmio', ENTRY, 8), { low: 0, high: 7, known: true });
});

test('bugs.md §9.7: 8 bytes at the upper half are an error, or by choice an entry of zeros and the first dword', () => {
  const corrected = testVgpu();
  corrected.vgpu.write('mmio', ENTRY + 4, 8, 0x5, 0x6);
  assert.equal(ggttEntry(corrected.vgpu.core, INDEX).high, 0);
  assert.equal(corrected.faults.at(-1)?.check, 'ggtt-access');
  const faithful = testVgpu({ quirks: ['ggtt-8-bytes-at-4'] });
  faithful.vgpu.write('mmio', ENTRY + 4, 8, 0x5, 0x6);
  const { low, high, partial } = ggttEntry(faithful.vgpu.core, INDEX);
  assert.deepEqual([low, high, partial], [0, 5, false]);
  assert.equal(ggttEntry(faithful.vgpu.core, INDEX + 1).low, 0, 'the second dword is lost');
});

test('bugs.md §9.9, gvt-facts §13.1: write_ir says which bits changed, or by choice only that some did', () => {
  for (const [quirks, changed] of [
    [[], 0xf0],
    [['write-ir-boolean'], 1],
  ] as const) {
    const { vgpu, w } = testVgpu({ quirks });
    const seen: unknown[] = [];
    w(0x44304, 0xffffffff);
    vgpu.setListener({ interruptRegister: (event) => seen.push(event) });
    w(0x44304, 0xffffff0f);
    assert.deepEqual(seen, [
      { name: 'IMR', offset: 0x44304, written: 0xffffff0f, previous: 0xffffffff, changed },
    ]);
  }
});

test('bugs.md §9.10, gvt-facts §13.1: a translation names its engine, or by choice always the render engine', () => {
  for (const [quirks, engine] of [
    [[], 'BCS0'],
    [['gma-translate-ring-0'], 'RCS0'],
  ] as const) {
    const guest = new EngineGuest({ base: 0x22000, quirks });
    const engines = new Set<string>();
    const context = guest.context();
    guest.emit(context, [0x01000000]);
    guest.submit(context);
    guest.vgpu.setListener({ addressTranslated: (event) => engines.add(event.engine) });
    guest.vgpu.runWork();
    assert.deepEqual([...engines], [engine]);
  }
});

test('bugs.md §9.6, gvt-facts §9: the transcoder names the monitor’s port, or by choice B for C', () => {
  for (const [port, quirks, expected] of [
    ['C', [], 0xa2000000],
    ['C', ['bxt-port-c-is-b'], 0x92000000],
    ['D', ['bxt-port-c-is-b'], 0xb2000000],
  ] as const) {
    const monitor = { connection: 'dp', port, edid: new Uint8Array(128) } as const;
    assert.equal(testVgpu({ monitor, quirks }).r(0x60400), expected);
  }
});

test('gvt-facts §7.1, §7.3: an engine’s own IMR masks its events, at its own bits; or by choice otherwise', () => {
  for (const [base, quirks, mask, delivered] of [
    [0x22000, [], 1 << 16, false],
    [0x22000, [], 1 << 0, true],
    [0x22000, ['ring-imr-render-bits'], 1 << 16, true],
    [0x22000, ['ring-imr-render-bits'], 1 << 0, false],
    [0x2000, ['ring-imr-render-bits'], 1 << 0, false],
    [0x22000, ['ring-imr-ignored'], 0xffffffff, true],
  ] as const) {
    const guest = new EngineGuest({ base, quirks });
    guest.w(base + 0xa8, mask);
    guest.run(guest.context(), [0x01000000]);
    const seen = guest.interrupts.some(
      (event) => event.name.endsWith('user interrupt') && event.delivered,
    );
    assert.equal(seen, delivered, `${base.toString(16)} ${quirks.join()} ${mask.toString(16)}`);
  }
});

test('gvt-facts §6.6: RESET_CTL reads back without mask bits, or by choice with them', () => {
  for (const [quirks, expected] of [
    [[], 3],
    [['reset-ctl-keeps-mask'], 0x00010003],
  ] as const) {
    const { r, w } = testVgpu({ quirks });
    w(0x20d0, 0x00010001);
    assert.equal(r(0x20d0), expected);
  }
});

test('gvt-facts §8: the mailbox says that SAGV is off, or by choice nothing', () => {
  for (const [quirks, expected] of [
    [[], 1],
    [['pcode-sagv-silent'], 0],
  ] as const) {
    const { r, w } = testVgpu({ quirks });
    w(0x138124, 0x80000021);
    assert.deepEqual([r(0x138128), r(0x138124)], [expected, 0]);
  }
});

test('gvt-facts §8: a well is on for all requesters, or by choice for the one that asked', () => {
  for (const [quirks, expected] of [
    [[], 0x40000000],
    [['power-wells-apart'], 0],
  ] as const) {
    const { r, w } = testVgpu({ quirks });
    w(0x45400, 0);
    w(0x45408, 0);
    w(0x4540c, 0);
    w(0x45404, 0x80000000);
    assert.deepEqual([r(0x45404), r(0x45400)], [0xc0000000, expected]);
  }
});

test('every choice does something: a source asks for it', () => {
  const asked = sources().join('\n');
  for (const { id } of QUIRKS) {
    assert.ok(asked.includes(`'${id}'`), id);
  }
});

/** What the emulator is made of, besides this table and specs. */
function sources(): string[] {
  return textsOf(
    (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && name !== 'quirks.ts',
  );
}

function specs(): string[] {
  return textsOf((name) => name.endsWith('.spec.ts'));
}

function textsOf(isWanted: (name: string) => boolean): string[] {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isWanted)
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}
