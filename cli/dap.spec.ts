import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli } from './testing/run-cli.ts';

function message(seq: number, command: string, args: object): string {
  const body = JSON.stringify({ seq, type: 'request', command, arguments: args });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

test('vgpu dap answers a debugger on its standard streams, and ends with the conversation', async () => {
  const asked =
    message(1, 'initialize', { adapterID: 'vgpu' }) + message(2, 'disconnect', { restart: false });
  const { out, status } = await runCli(['dap'], asked);
  assert.match(out, /^Content-Length: \d+\r\n\r\n\{/);
  assert.match(out, /"request_seq":1,"command":"initialize"/);
  assert.match(out, /"command":"disconnect"/);
  assert.equal(status, 0);
});

test('vgpu dap takes a port and nothing else', async () => {
  assert.match((await runCli(['dap', '--port', 'x'])).err, /--port takes a whole number/);
  assert.equal((await runCli(['dap', 'x'])).status, 2);
  const { status, err } = await runCli(['dap', '--port', '65536']);
  assert.equal(status, 2);
  assert.match(err, /--port N/);
});
