import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { runCli, runCliAndHangUp, sample } from './testing/run-cli.ts';

const AUB = sample('skl_clr.aub.gz');
const ERROR_STATE = sample('skl_hang.error_state.txt');
const SCENARIO = sample('one-batch-two-ways.vgpu');

test('the commands of an AUB file, with their fields and what they point to', async () => {
  const { status, out, err } = await runCli(['decode', AUB]);
  assert.deepEqual([status, err], [0, '']);
  assert.equal(out.match(/^0x/gm)?.length, 93);
  assert.match(
    out,
    /^RCS0 ring at 0x00001000\n0x00001000 {2}MI_BATCH_BUFFER_START\n {2}dw0 0x18800101\n/m,
  );
  assert.match(out, /^0xfffefffee000 {2}PIPE_CONTROL\n {2}dw0 0x7a000004\n {4}DWord Length: 4\n/m);
  assert.match(out, /\n {4}Post Sync Operation: 1 \(Write Immediate Data\)\n/);
  assert.match(out, /\n {2}BLEND_STATE_ENTRY 0 at 0x2fffef004, base \+ 0xfffef004\n/);
  assert.match(
    out,
    /\n {2}vertex buffer 0 at 0xfffeffa00000, 36 bytes\n {4}\+0x0000 {2}2 2 0 0 2 0 0 0\n/,
  );
  assert.match(
    out,
    /\n {2}SIMD16 pixel shader at 0x[0-9a-f]+, base \+ 0x[0-9a-f]+, 32 bytes\n {4}\+0x0000 {2}\w{8} /,
  );
});

test('the same from standard input, unpacked, cut within a packet', async () => {
  const bytes = gunzipSync(readFileSync(AUB));
  const whole = await runCli(['decode', '-'], bytes);
  assert.deepEqual(whole.out, (await runCli(['decode', AUB])).out);
  const { status, out, err } = await runCli(['decode', '-'], bytes.subarray(0, bytes.length - 10));
  assert.equal(status, 0);
  assert.match(out, /MI_BATCH_BUFFER_START/);
  assert.match(err, /The file ends within packet/);
});

test('as JSON, one object a line', async () => {
  const { out } = await runCli(['decode', AUB, '--json']);
  const lines = out
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
  const commands = lines.filter(({ kind }) => kind === 'command');
  assert.equal(commands.length, 93);
  assert.deepEqual(commands[0], {
    kind: 'command',
    depth: 0,
    address: '0x1000',
    name: 'MI_BATCH_BUFFER_START',
    dwords: ['0x18800101', '0xfffee000', '0xfffffffe'],
    fields: [
      { name: 'DWord Length', dword: 0, bits: [0, 7], value: '1' },
      { name: 'Address Space Indicator', dword: 0, bits: [8, 8], value: '1', meaning: 'PPGTT' },
      { name: 'Resource Streamer Enable', dword: 0, bits: [10, 10], value: 'false' },
      { name: 'Predication Enable', dword: 0, bits: [15, 15], value: 'false' },
      { name: 'Add Offset Enable', dword: 0, bits: [16, 16], value: 'false' },
      {
        name: 'Second Level Batch Buffer',
        dword: 0,
        bits: [22, 22],
        value: '0',
        meaning: 'First level batch',
      },
      { name: 'Batch Buffer Start Address', dword: 1, bits: [2, 63], value: '0xfffffffefffee000' },
    ],
  });
});

test('an error state: what it says, the fields of its registers, the commands in its buffers', async () => {
  const { status, out, err } = await runCli(['decode', ERROR_STATE]);
  assert.deepEqual([status, err], [0, '']);
  assert.match(out, /^GPU HANG: ecode 9:1:85dffffb/);
  assert.match(out, /\n {2}CTL: 0x00003001\n {4}dw0 0x00003001\n {6}Ring Buffer Enable: true\n/);
  assert.match(out, /\nrcs0 ring at 0x37fd2000, 16384 bytes\n0x37fd2000 {2}PIPE_CONTROL\n/);
  assert.match(out, / {2}ACTHD: the engine is at this command\n0xfffefffee040 {2}PIPE_CONTROL\n/);
});

test('a recording: the commands that its replay executes', async () => {
  const { status, out } = await runCli(['decode', SCENARIO]);
  assert.equal(status, 0);
  assert.match(out, /^RCS0 at record \d+\n0x20002000 {2}MI_BATCH_BUFFER_START\n/m);
  const json = await runCli(['decode', SCENARIO, '--json']);
  assert.match(json.out, /"kind":"run","title":"RCS0 at record \d+","engine":"RCS0","record":\d+/);
});

test('a trace without commands, and one of other hardware, are refused in words', async () => {
  const dump = await runCli(['decode', sample('skl_native.intel_reg_dump.txt')]);
  assert.equal(dump.status, 1);
  assert.match(dump.err, /holds no commands/);
  const bytes = gunzipSync(readFileSync(AUB));
  const other = Buffer.from(
    Buffer.from(bytes).toString('latin1').replace('0x1912', '0x0412'),
    'latin1',
  );
  const { status, err } = await runCli(['decode', '-'], other);
  assert.equal(status, 1);
  assert.match(err, /the file is for device 0x412, and only commands of Gen8 and Gen9 are known/);
});

test('a reader that goes away ends it', async () => {
  const { status, err } = await runCliAndHangUp(['decode', sample('skl-mesa-kmscube.vgpu.gz')]);
  assert.deepEqual([status, err], [0, '']);
});
