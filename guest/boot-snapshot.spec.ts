import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { type BootSnapshot, readSnapshot, snapshotName, writeSnapshot } from './boot-snapshot.ts';

const SNAPSHOT: BootSnapshot = {
  state: Uint8Array.from({ length: 1000 }, (_, i) => i).buffer,
  clock: { instructions: 12, skipped: 34 },
  history: [{ micros: 5, source: 'kernel', text: 'größer' }],
};

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'vgpu-snapshot-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a snapshot is read as it was written', () =>
  inFolder(async (folder) => {
    const file = path.join(folder, 'deeper/a.snapshot');
    await writeSnapshot(file, SNAPSHOT);
    const read = await readSnapshot(file);
    assert.deepEqual(read, SNAPSHOT);
  }));

test('one that is missing, or damaged, counts as not there', () =>
  inFolder(async (folder) => {
    const file = path.join(folder, 'a.snapshot');
    assert.equal(await readSnapshot(file), undefined);
    await writeSnapshot(file, SNAPSHOT);
    await writeFile(file, (await readFile(file)).subarray(0, 100));
    assert.equal(await readSnapshot(file), undefined);
  }));

test('its name follows from all that it is made of', () => {
  const parts = { kernel: Uint8Array.of(1, 2), memory: 5 };
  assert.equal(snapshotName(parts), snapshotName({ ...parts }));
  assert.notEqual(snapshotName(parts), snapshotName({ ...parts, memory: 6 }));
  assert.notEqual(snapshotName(parts), snapshotName({ ...parts, kernel: Uint8Array.of(1, 3) }));
});
