import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testHost } from '../testing/test-host.ts';
import { readControl, writeControl } from './controls.ts';

test('§14.4: create_vgt_instance takes id, MiB of low and high memory, fences, primary', () => {
  const host = testHost();
  assert.equal(writeControl(host, 'create_vgt_instance', '2 64 384 4 1\n'), 0);
  assert.equal(writeControl(host, 'create_vgt_instance', '3 64 384 4 0'), 0);
  assert.deepEqual(
    host.vgpus.map(({ id }) => id),
    [2, 3],
  );
  assert.equal(host.device(3)?.read('config', 0x0a, 1).low, 0x80, 'not primary');
  assert.equal(writeControl(host, 'create_vgt_instance', '2 64 384 4'), -17);
  assert.equal(writeControl(host, 'create_vgt_instance', '4 4096 384 4'), -28);
  assert.equal(writeControl(host, 'create_vgt_instance', 'two'), -22);
  assert.equal(writeControl(host, 'create_vgt_instance', '-2'), 0, 'a negative id destroys');
  assert.equal(writeControl(host, 'create_vgt_instance', '-2'), -19);
});

test('§14.4: available_resource says what is free, foreground_vm who is seen', () => {
  const host = testHost();
  assert.equal(readControl(host, 'available_resource'), '896 2688 28\n');
  writeControl(host, 'create_vgt_instance', '1 128 512 4');
  assert.equal(readControl(host, 'available_resource'), '768 2176 24\n');
  assert.equal(readControl(host, 'foreground_vm'), '0\n');
  assert.equal(readControl(host, 'create_vgt_instance'), undefined);
});

test('§14.4: of display_owner only the host’s value has an effect', () => {
  const host = testHost();
  assert.equal(writeControl(host, 'display_owner', '0'), 0);
  assert.equal(writeControl(host, 'display_owner', '1'), -22);
});
