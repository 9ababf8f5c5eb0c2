import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { CHECKS, createVgpu, type Fault, registerDirectory } from '../../emulator/index.ts';
import { asGvtG, deviceConfigFor } from '../../timeline/index.ts';
import { Replayer } from '../../timeline/replay/replayer.ts';
import { openTrace } from '../../trace/index.ts';
import { root } from '../support/source-files.ts';
import { RECORDED_FAULTS } from './recorded-faults.ts';

const ON = new Set<string>(CHECKS.filter(({ on }) => on).map(({ id }) => id));
/** The same recordings in another form are in `samples` already. */
const SHARED = ['gvt', 'linux64'].map((folder) => path.join(root, '../shared/traces', folder));
/** Of other devices than Intel's. */
const OTHERS = ['bochs_display.qemu.trace.gz', 'radeon.mmiotrace.gz'];
const names = registerDirectory('skl');
const registers = { offsetOf: (name: string) => names.named(name)?.offset };

describe('checks that are on by default, on genuine recordings', () => {
  for (const file of recordings()) {
    for (const device of ['vgpu', 'gvt-g'] as const) {
      test(`${path.basename(file)} on ${device}`, async () => {
        const expected: Record<string, number> = {};
        for (const row of RECORDED_FAULTS) {
          const applies = row.device === 'both' || row.device === device;
          if (row.trace === path.basename(file) && applies) expected[row.check] = row.count;
        }
        assert.deepEqual(await faultsOf(file, device), expected);
      });
    }
  }

  test('the list names recordings and checks that there are', () => {
    const samples = readdirSync(path.join(root, 'samples'));
    const others = SHARED.filter(existsSync).flatMap((folder) => readdirSync(folder));
    for (const { trace, check } of RECORDED_FAULTS) {
      assert.ok(ON.has(check), check);
      if (others.length > 0) assert.ok([...samples, ...others].includes(trace), trace);
    }
  });
});

/** All traces that can be replayed; dumps and hand-written scenarios aside. */
function recordings(): string[] {
  const folders = [path.join(root, 'samples'), ...SHARED].filter(existsSync);
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.gz') && !name.includes('error') && !OTHERS.includes(name))
      .map((name) => path.join(folder, name)),
  );
  const hang = path.join(root, 'samples/skl-hang-reset-errorstate.vgpu.gz');
  return [...files, hang];
}

async function faultsOf(file: string, kind: 'vgpu' | 'gvt-g'): Promise<Record<string, number>> {
  const bytes = gunzipSync(readFileSync(file));
  const trace = await openTrace([bytes], { name: path.basename(file, '.gz'), registers });
  const described = deviceConfigFor(trace.device);
  assert.ok(!('problem' in described), 'problem' in described ? described.problem : '');
  const device = createVgpu(kind === 'gvt-g' ? asGvtG(described) : described);
  const found: Record<string, number> = {};
  device.setListener({
    fault: ({ check }: Fault) => {
      if (ON.has(check)) found[check] = (found[check] ?? 0) + 1;
    },
  });
  const replayer = new Replayer(trace.store, device);
  while (replayer.position < trace.store.length) replayer.advance(trace.store.length);
  return found;
}
