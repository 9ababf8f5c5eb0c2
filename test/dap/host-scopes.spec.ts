import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type AdapterClient, sample } from './adapter-client.ts';
import { open, resume } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const HALVES = path.join(import.meta.dirname, '../fixtures/half-entries.vgpu');
const GUEST = sample('two-guests-first.vgpu.gz');

async function values(client: AdapterClient, scope: string, ...way: readonly string[]) {
  const { inside } = await open(client, scope, ...way);
  return Object.fromEntries([...inside].map(([name, { value }]) => [name, value]));
}

describe('a vGPU of a host under KVM, while its blitter works', () => {
  const adapter = sharedClient(async (client) => {
    await client.open(GUEST, { hypervisor: 'kvm' });
    await client.setFunctionBreakpointsRequest({
      breakpoints: [{ name: 'BCS0:MI_USER_INTERRUPT' }],
    });
    await resume(client);
    await client.setFunctionBreakpointsRequest({ breakpoints: [] });
  });

  test('the Host scope says who has which graphics memory and which fences', async () => {
    assert.deepEqual(await values(adapter(), 'Host', 'partition'), {
      host: 'aperture 0x0–0x7ffffff (128 MiB); hidden 0x10000000–0x27ffffff (384 MiB); fences 0, 1, 2, 3',
      'vGPU 1':
        'aperture 0x8000000–0xbffffff (64 MiB); hidden 0x28000000–0x3fffffff (384 MiB); fences 4, 5, 6, 7',
    });
  });

  test('… and who owns the engines and the screen', async () => {
    const host = await values(adapter(), 'Host');
    assert.equal(host['engines'], 'RCS0: vGPU 1, BCS0: vGPU 1');
    assert.equal(host['display'], 'host');
    assert.equal(host['foreground_vm'], '0');
    assert.equal(host['hypervisor'], 'KVM');
    const engines = await values(adapter(), 'Host', 'engines');
    assert.deepEqual(engines, { RCS0: 'vGPU 1', BCS0: 'vGPU 1', VCS0: 'host', VECS0: 'host' });
  });

  test('… and what leads from the guest to the device model', async () => {
    const domain = await values(adapter(), 'Host', 'hypervisor', 'domain 1');
    assert.deepEqual(domain, {
      vGPU: '1',
      'memory slots': '1',
      'trapped range': '0xfd000000–0xfdffffff, BAR0',
      'aperture window': '0xe8000000–0xebffffff, BAR2',
      'write-protected pages': '1',
      MSIs: '3, the last 0x27 to 0xfee01004',
      OpRegion: 'none',
    });
    const pages = ['Host', 'hypervisor', 'domain 1', 'write-protected pages'] as const;
    const [protectedPage] = Object.keys(await values(adapter(), ...pages));
    const tables = await values(adapter(), 'Shadow page tables', 'page tables');
    assert.deepEqual(tables, {
      [protectedPage ?? '']: 'PML4 table, 1 reference, write-protected',
    });
  });

  test('the roots say which engine uses them', async () => {
    const { '0: root L4': root = '' } = await values(adapter(), 'Shadow page tables', 'roots');
    assert.match(root, /^0x[0-9a-f]+000, shadowed, 2 references, used by BCS0$/);
  });

  test('going back goes back with the host, too', async () => {
    const there = await values(adapter(), 'Host');
    await adapter().stopAfter(() => adapter().restartRequest({}));
    const start = await values(adapter(), 'Host');
    assert.equal(start['engines'], 'all the host’s');
    const name = 'BCS0:MI_USER_INTERRUPT';
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [{ name }] });
    await resume(adapter());
    assert.deepEqual(await values(adapter(), 'Host'), there);
  });

  test('a restart keeps the host that there is', async () => {
    const changed = { trace: GUEST, hypervisor: 'xen' };
    const failure = await adapter().failure('restart', { arguments: changed });
    assert.match(failure.message ?? '', /"hypervisor".*start a new session/);
  });
});

describe('a vGPU of a host under Xen, by time slices', () => {
  const adapter = sharedClient(async (client) => {
    await client.open(HALVES, { hypervisor: 'xen', schedule: 'sliced', policy: 'gvt-g' });
    await resume(client);
  });

  test('the Host scope shows weights and slices, and the requests', async () => {
    assert.deepEqual(await values(adapter(), 'Host', 'scheduler'), {
      now: '1 ms',
      'next tick': '2 ms',
      'vGPU 1': 'weight 4, 100 ms of 100 ms, 100 ms left, 0 ms used, goes first until 2000 ms',
    });
    const host = await values(adapter(), 'Host');
    assert.equal(host['scheduler'], 'time slices: nobody runs');
    const domain = await values(adapter(), 'Host', 'hypervisor', 'domain 1');
    assert.equal(domain['I/O requests'], '6, the last: copy read 0xd0078000, 4 bytes');
    assert.equal(domain['trapped range'], '0xd0000000–0xd0ffffff, BAR0');
    assert.equal(domain['memory slots'], 'not known of a recorded guest');
  });

  test('the shadow says which halves wait and which entries were refused', async () => {
    const shadow = await values(adapter(), 'Shadow page tables');
    assert.deepEqual(shadow, {
      roots: '1',
      'page tables': '2',
      'pending halves': '1',
      'refused entries': '1',
    });
    assert.deepEqual(await values(adapter(), 'Shadow page tables', 'page tables'), {
      '0x2000000': 'PML4 table, 1 reference, write-protected, 1 pending, 1 refused',
      '0x3000000': 'PDP table, 1 reference, write-protected',
    });
    assert.deepEqual(await values(adapter(), 'Shadow page tables', 'pending halves'), {
      'PML4 table 0x2000000 entry 2': 'guest 0x0000000003001003, shadow 0x0000000000000000',
    });
    assert.deepEqual(await values(adapter(), 'Shadow page tables', 'refused entries'), {
      'PML4 table 0x2000000 entry 3': 'guest 0x0000000000000003, shadow 0x0000000000000000',
    });
    const table = await values(adapter(), 'Shadow page tables', 'page tables', '0x3000000');
    assert.match(table['certain'] ?? '', /^no: /);
  });
});

describe('a vGPU without a host', () => {
  const adapter = sharedClient((client) => client.open(GUEST));

  test('has no Host scope', async () => {
    await assert.rejects(values(adapter(), 'Host'), /there is no scope Host/);
  });

  test('says that nothing is shadowed yet', async () => {
    assert.deepEqual(await values(adapter(), 'Shadow page tables'), {
      roots: 'none',
      'page tables': 'none',
      'pending halves': 'none',
      'refused entries': 'none',
    });
  });
});
