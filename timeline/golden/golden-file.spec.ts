import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type DeviceDescription, type OpenedTrace, openTrace } from '../../trace/index.ts';
import { deviceConfigFor } from '../device-from-trace.ts';
import { modelFor, sessionRegisters } from '../model-for-trace.ts';
import { type GoldenFile, goldenFrom } from './golden-file.ts';

async function opened(text: string, name = 'host'): Promise<OpenedTrace> {
  return await openTrace([new TextEncoder().encode(text)], { name });
}

async function golden(text: string): Promise<GoldenFile> {
  const made = goldenFrom(await opened(text));
  assert.ok(!('problem' in made), JSON.stringify(made));
  return made;
}

const INTEL_REG = 'GEN6_RP_CONTROL (0x0000a024): 0x00000d91\n(0x00044200): 0x80000000\n';
const MMIO_DIFF =
  'Offset   HW       vGPU     Diff    \n00002030 000002a0 000000d8 3-6,9\nTotal: 9, Diff: 1\n';
const SKYLAKE: DeviceDescription = { bars: [], notes: [], platform: 'skl', deviceId: 0x1912 };
const of = (device: GoldenFile['device']) => async () => ({ ...(await golden(INTEL_REG)), device });

test('intel_reg: the registers that it lists, and no others', async () => {
  const { state, device, name } = await golden(INTEL_REG);
  assert.deepEqual([name, state.count, device.platform], ['host', 2, undefined]);
  assert.deepEqual([state.register(0xa024), state.register(0x44200)], [0xd91, 0x80000000]);
  assert.equal(state.register(0xa028), undefined);
});

test('mmio_diff: the column of the host', async () => {
  const { state } = await golden(MMIO_DIFF);
  assert.deepEqual([state.count, state.register(0x2030)], [1, 0x2a0]);
});

test('a file without registers is none, and is named', async () => {
  const lspci = new URL('../../samples/skl_vgpu.lspci-nnvvvxxxx.txt', import.meta.url);
  for (const text of ['W 4 002098 1\n', readFileSync(lspci, 'utf8')]) {
    const made = goldenFrom(await opened(text, 'it'));
    assert.ok('problem' in made);
    assert.match(made.problem, /^it \(.+\) lists no registers of a host; a golden state is /);
  }
});

test('the vGPU starts from it, and shows ids of its host that the trace does not tell', async () => {
  const file = await of({ platform: 'skl', deviceId: 0x1926, revisionId: 0xa })();
  const config = deviceConfigFor({ bars: [], notes: [] }, {}, file);
  assert.ok(!('problem' in config));
  const { platform, deviceId, revisionId } = config;
  assert.deepEqual([platform, deviceId, revisionId], ['skl', 0x1926, 0xa]);
  assert.equal(config.golden, file.state);
  const untold = deviceConfigFor(SKYLAKE, {}, await golden(INTEL_REG));
  assert.ok(!('problem' in untold));
  assert.equal(untold.deviceId, 0x1912);
});

test('one of another GPU is refused, whatever tells them apart', async () => {
  const others: [GoldenFile['device'], string][] = [
    [{ platform: 'bdw', deviceId: 0x1616 }, 'bdw 8086:1616'],
    [{ platform: 'skl', vendorId: 0x8086, deviceId: 0x1916 }, 'skl 8086:1916'],
    [{ platform: 'kbl' }, 'kbl'],
    [{ deviceId: 0x1912, revisionId: 7 }, '8086:1912 rev 07'],
  ];
  for (const [device, text] of others) {
    const config = deviceConfigFor({ ...SKYLAKE, revisionId: 6 }, {}, await of(device)());
    assert.ok('problem' in config);
    assert.equal(
      config.problem,
      `The golden state host is of ${text}, and the trace of skl 8086:1912 rev 06; a vGPU starts from the registers of its own host.`,
    );
  }
});

test('registers of a session have the names of the host’s platform where the trace tells none', async () => {
  const trace = await opened('W 4 002098 1\n');
  const file = await of({ platform: 'bdw', deviceId: 0x1616 })();
  const model = modelFor(trace, { golden: file });
  assert.ok(!('problem' in model));
  assert.equal(model.directory.at(0xe1100)?.name, 'PCH_ADPA');
  assert.equal(sessionRegisters(trace, {}).at(0xe1100), undefined, 'Skylake has no such register');
});
