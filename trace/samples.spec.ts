import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { openTrace, RecordKind, Space } from './index.ts';
import { sample } from './testing/read.ts';

const RECORDINGS = readdirSync(new URL('../samples/', import.meta.url)).filter((name) =>
  name.endsWith('.vgpu.gz'),
);

/** Keyword of a record in the compact form; accesses by space. */
const KEYWORDS: Readonly<Record<number, string>> = {
  [RecordKind.memory]: 'M',
  [RecordKind.interrupt]: 'IRQ',
  [RecordKind.command]: 'CMD',
  [RecordKind.commandRead]: 'CSR',
  [RecordKind.commandWrite]: 'CSW',
  [RecordKind.deviceWrite]: 'DW',
  [RecordKind.note]: '#',
};
const SPACE_LETTERS: Readonly<Record<number, string>> = {
  [Space.aperture]: 'A',
  [Space.config]: 'C',
};

function pieces(bytes: Uint8Array): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) out.push(bytes.subarray(at, at + 65_536));
  return out;
}

/** What the recorder counted: `## counts: {'R': 218846, …}`. */
function announced(bytes: Uint8Array): Map<string, number> {
  const line =
    /^## counts: \{(.*)\}$/m.exec(new TextDecoder().decode(bytes.subarray(0, 8192)))?.[1] ?? '';
  return new Map(
    [...line.matchAll(/'([^']+)': ([0-9]+)/g)].map(([, key = '', count]) => [key, Number(count)]),
  );
}

/** Of a recording that announces nothing: the first word of each of its lines, counted without the reader. */
function countWords(bytes: Uint8Array, counts: Map<string, number>): void {
  for (const [, word = ''] of new TextDecoder().decode(bytes).matchAll(/^(#|[A-Z]+) /gm)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
}

for (const name of RECORDINGS) {
  test(`every record that ${name} announces is read, without a problem, in at most 24 bytes each`, async () => {
    const bytes = sample(name);
    const { store, diagnostics, device } = await openTrace(pieces(bytes), { name });
    assert.deepEqual(diagnostics, []);
    const counts = new Map<string, number>();
    for (const { kindSpace, length } of store.chunks) {
      for (let i = 0; i < length; i++) {
        const kind = (kindSpace[i] ?? 0) & 0x0f;
        const letter = SPACE_LETTERS[(kindSpace[i] ?? 0) >>> 4] ?? '';
        const access = kind === RecordKind.read ? 'R' : kind === RecordKind.write ? 'W' : '';
        const keyword = KEYWORDS[kind] ?? letter + access;
        counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
      }
    }
    const expected = announced(bytes);
    if (expected.size === 0) countWords(bytes, expected);
    expected.delete('T');
    assert.ok(expected.size > 5);
    assert.deepEqual(Object.fromEntries(counts), Object.fromEntries(expected));
    // Columns come in chunks of 65,536 records: of a short recording the last one is mostly empty.
    if (store.length > 500_000) assert.ok(store.bytesUsed / store.length <= 24);
    const known = name.includes('broadwell') ? ['bdw', 0x1616] : ['skl', 0x1912];
    assert.deepEqual([device.platform, device.deviceId], known);
    assert.equal(device.partition?.fences, 4);
  });
}

test('the recording with call stacks gives them with its accesses', async () => {
  const { store } = await openTrace(pieces(sample('skl-modeset-stacks.vgpu.gz')));
  const first = store.recordAtLine(34);
  assert.equal(store.offset(first), 0x78000);
  assert.deepEqual(store.stack(first).slice(0, 3), [
    'intel_vgpu_detect',
    'i915_driver_probe',
    'i915_pci_probe',
  ]);
});
