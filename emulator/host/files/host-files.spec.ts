import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addGuest, addVgpu, testHost } from '../../testing/test-host.ts';
import type { HostGpu } from '../host-gpu.ts';
import { hostFiles, readHostFile, writeHostFile } from './host-files.ts';

const CONTROL = '/sys/kernel/vgt/control';
const DEBUG = '/sys/kernel/debug/dri/0/gvt';

function write(host: HostGpu, path: string, text: string): number {
  return writeHostFile(host, path, text)?.errno ?? 1;
}
/** All is well: neither an error nor something that has no effect. */
const DONE = 1;

test('§14.4: create_vgt_instance takes id, MiB of low and high memory, fences, primary', () => {
  const host = testHost();
  const create = (text: string) => write(host, `${CONTROL}/create_vgt_instance`, text);
  assert.equal(create('2 64 384 4 1\n'), DONE);
  assert.equal(create('3,64,384,4,0'), DONE, 'commas are taken, too');
  assert.deepEqual(
    host.vgpus.map(({ id }) => id),
    [2, 3],
  );
  assert.equal(host.device(3)?.read('config', 0x0a, 1).low, 0x80, 'not primary');
  assert.equal(create('2 64 384 4'), -17);
  assert.equal(create('4 4096 384 4'), -28);
  for (const text of ['two', '', '4', '4 0 384 4', '4 64 384 0', '4 64 384 4 2']) {
    assert.equal(create(text), -22, text);
  }
  assert.equal(create('-2'), DONE, 'a negative id destroys');
  assert.equal(create('-2'), -19);
  assert.equal(readHostFile(host, `${CONTROL}/create_vgt_instance`), undefined);
});

test('§14.4: available_resource says what is free', () => {
  const host = testHost();
  const free = () => readHostFile(host, `${CONTROL}/available_resource`);
  assert.equal(free(), '896 2688 28\n');
  write(host, `${CONTROL}/create_vgt_instance`, '1 128 512 4');
  assert.equal(free(), '768 2176 24\n');
  assert.equal(write(host, `${CONTROL}/available_resource`, '1'), -13);
});

test('§14.4: foreground_vm says who is seen, and why somebody cannot be', () => {
  const host = testHost();
  const path = `${CONTROL}/foreground_vm`;
  assert.equal(readHostFile(host, path), '0\n');
  assert.equal(write(host, path, '1'), -19);
  addVgpu(host).write('mmio', 0x78804, 4, 1, 0);
  assert.equal(write(host, path, '1'), DONE);
  host.advanceTo(20e6);
  assert.equal(readHostFile(host, path), '1\n');
});

test('§14.4: what has no effect says so', () => {
  const host = testHost();
  for (const [file, text, says] of [
    ['display_owner', '1', /display engine stays with the host/],
    ['validate_ctx_switch', '1', /validate_ctx_switch is not modelled/],
    ['display_switch_method', '0', /fast path/],
    ['ctx_switch', '0', /time slices only/],
  ] as const) {
    const path = `${CONTROL}/${file}`;
    const before = readHostFile(host, path);
    const answer = writeHostFile(host, path, text);
    assert.equal(answer?.errno, 0);
    assert.match(answer.problem, says);
    assert.equal(readHostFile(host, path), before);
    assert.equal(write(host, path, 'x'), -22);
  }
  assert.equal(write(host, `${CONTROL}/display_owner`, '0'), DONE);
});

test('§14.4: virtual_event raises a context switch event at a vGPU', () => {
  const host = testHost();
  const device = addVgpu(host);
  const path = `${CONTROL}/virtual_event`;
  assert.match(readHostFile(host, path) ?? '', /^0x16: BCS0 context switch$/m);
  // GT0: IMR lets the render engine's and the blitter's context switch through.
  device.write('mmio', 0x44304, 4, ~0x01000100 >>> 0, 0);
  assert.equal(write(host, path, '0x10008'), DONE);
  assert.equal(device.peek('mmio', 0x44308, 4).low, 1 << 8);
  assert.equal(write(host, path, String(0x10016)), DONE);
  assert.equal(device.peek('mmio', 0x44308, 4).low, 0x01000100);
  for (const text of ['event', '0x10009', '0x20008']) assert.equal(write(host, path, text), -22);
});

test('§14.4: without ctx_switch no vGPU is given the engines', () => {
  const host = testHost({ scheduling: 'sliced' });
  const path = `${CONTROL}/ctx_switch`;
  const [one, two] = [addGuest(host), addGuest(host)];
  const busy = () =>
    [one, two].map(({ vgpu }) =>
      vgpu.core.state.engines.each.some(({ phase }) => phase !== 'idle'),
    );
  assert.equal(write(host, path, '0'), DONE);
  assert.equal(readHostFile(host, path), 'VGT context switch: disabled\n');
  one.run(one.context(), [0]);
  two.run(two.context(), [0]);
  host.advanceTo(3e9);
  assert.deepEqual(busy(), [true, true]);
  const saved = host.save();
  assert.equal(write(host, path, '1'), DONE);
  host.advanceTo(3.2e9);
  assert.deepEqual(busy(), [false, false]);
  host.restore(saved);
  assert.equal(readHostFile(host, path), 'VGT context switch: disabled\n', 'it is state');
});

test('§14.4: the ports of a vGPU say what is there, and its monitor can be plugged', () => {
  const host = testHost();
  const edid = new Uint8Array(128);
  edid[1] = 0xff;
  addVgpu(host, {
    type: 'i915-GVTg_V5_4',
    more: { monitor: { connection: 'dp', port: 'B', edid } },
  });
  const read = (file: string) => readHostFile(host, `/sys/kernel/vgt/vm1/${file}`);
  assert.equal(read('vgt_id'), '1\n');
  assert.equal(read('gm_sz'), '0000000028000000\n');
  assert.equal(read('schedule'), 'REMOVED\n');
  assert.equal(read('PORT_B/type'), 'VGT_DP_B\n');
  assert.equal(read('PORT_B/pipe'), 'Pipe A\n');
  assert.equal(read('PORT_A/pipe'), 'PIPE_EDP\n');
  assert.equal(read('PORT_C/connection'), 'disconnected\n');
  assert.equal(read('PORT_B/port_override'), 'PORT_B\n');
  assert.match(read('PORT_B/edid') ?? '', /^00 ff 00 /);
  assert.equal(read('PORT_C/edid'), '');
  const connection = '/sys/kernel/vgt/vm1/PORT_B/connection';
  assert.equal(read('PORT_B/connection'), 'connected\n');
  assert.equal(write(host, connection, 'disconnect\n'), DONE);
  assert.equal(read('PORT_B/connection'), 'disconnected\n');
  assert.equal(host.device(1)?.peek('mmio', 0xc4008, 4).low, 1 << 21, 'the hotplug event');
  assert.equal(write(host, connection, 'connect'), DONE);
  assert.equal(read('PORT_B/connection'), 'connected\n');
  assert.equal(write(host, '/sys/kernel/vgt/vm1/PORT_C/connection', 'connect'), 0);
  assert.equal(write(host, '/sys/kernel/vgt/vm1/PORT_B/port_override', 'PORT_X'), -22);
  assert.equal(write(host, '/sys/kernel/vgt/vm1/PORT_B/type', '2'), 0);
});

test('§12.6: debugfs', () => {
  const host = testHost();
  addGuest(host);
  const folder = `${DEBUG}/vgpu1`;
  assert.match(readHostFile(host, `${DEBUG}/num_tracked_mmio`) ?? '', /^\d{4}\n$/);
  assert.match(readHostFile(host, `${folder}/mmio_diff`) ?? '', /^Offset +HW +vGPU +Diff/);
  assert.equal(readHostFile(host, `${folder}/status`), '0x3\n');
  host.detach(1);
  assert.equal(readHostFile(host, `${folder}/status`), '0x0\n');
  const scan = `${folder}/scan_nonprivbb`;
  assert.equal(readHostFile(host, scan), '0x0\n');
  assert.equal(write(host, scan, '0xff'), DONE);
  assert.equal(readHostFile(host, scan), '0x47\n', 'engines that there are not are left out');
  assert.equal(write(host, scan, 'all'), -22);
  assert.equal(write(host, `${folder}/status`, '0'), -13);
  assert.equal(write(host, `${folder}/nothing`, '0'), -2);
});

test('no two files have one path, and whatever is read ends its line', () => {
  const host = testHost();
  addVgpu(host);
  addVgpu(host);
  const files = hostFiles(host);
  assert.equal(new Set(files.map(({ path }) => path)).size, files.length);
  for (const { path, read } of files) assert.match(read?.() ?? '\n', /^$|\n$/, path);
});
