import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpenedTrace, Snapshot, SnapshotBuffer } from '../index.ts';
import { countLines, fieldTest, fieldTrace, openField } from '../testing/field-traces.ts';
import { openText, sample, unpack } from '../testing/read.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { decodeAscii85 } from './ascii85.ts';

const NEW = 'linux64/skl_hang.error_state.txt';
const OLD = 'other/i915-error-state-linux3.8-gen5.txt.gz';

function snapshotOf({ snapshot }: OpenedTrace): Snapshot {
  assert.ok(snapshot !== undefined);
  return snapshot;
}

fieldTest('a state of Linux 6.1: what it says about the machine', async () => {
  const trace = await openField(NEW);
  const { device, format, diagnostics } = trace;
  assert.deepEqual(diagnostics, []);
  assert.equal(format?.id, 'error-state');
  assert.deepEqual(
    [device.platform, device.deviceId, device.revisionId, device.title],
    ['skl', 0x1912, 6, 'GPU HANG: ecode 9:1:85dffffb, in t_small [126]'],
  );
  const { facts, buffers } = snapshotOf(trace);
  // Every line is a fact, or belongs to a buffer: one that announces it, one with its contents.
  assert.equal(facts.length + 2 * buffers.length, countLines(NEW, /./));
  const reset = facts.find(({ key }) => key === 'engine reset count');
  assert.deepEqual([reset?.engine, reset?.value], ['rcs0', '0']);
});

fieldTest('its registers are those that aubinator_error_decode shows, with offsets', async () => {
  const { registers } = snapshotOf(await openField(NEW));
  const decoded = decodeUtf8(fieldTrace('linux64/skl_hang.error_decode.txt.gz'));
  const shown = [
    ...decoded.matchAll(
      /^ {2}([A-Z][A-Z_ ]*[0-9]*(?:\[\d\])*): +0x([0-9a-f]+)(?:[ _]([0-9a-f]{8})(?! *:))?/gm,
    ),
  ];
  assert.ok(shown.length > 25);
  for (const [text, name, first = '', second] of shown) {
    const register = registers.find((row) => row.name === name && row.engine === 'rcs0');
    const value = BigInt(`0x${first}${second ?? ''}`);
    const got = (BigInt(register?.value.high ?? 0) << 32n) | BigInt(register?.value.low ?? 0);
    assert.ok(register !== undefined, text);
    assert.equal(got, value, text);
  }
  const offsets = new Map(registers.map(({ name, offset }) => [name, offset]));
  assert.deepEqual(
    ['EIR', 'GTIER[3]', 'fence[1]', 'HEAD', 'ACTHD', 'PDP0'].map((name) => offsets.get(name)),
    [0x20b0, 0x4433c, 0x100008, 0x2034, 0x2074, 0x2270],
  );
  assert.equal(registers.find(({ name }) => name === 'ACTHD')?.upperOffset, 0x205c);
});

const NAMES: Readonly<Record<string, string>> = {
  'HW Context': 'HW context',
  'HW status': 'HW Status',
  'batch buffer': 'batch',
  'ring buffer': 'ring',
};

fieldTest('its buffers hold the dwords that aubinator_error_decode shows', async () => {
  const { buffers } = snapshotOf(await openField(NEW));
  const decoded = decodeUtf8(fieldTrace('linux64/skl_hang.error_decode.txt.gz'));
  let buffer: SnapshotBuffer | undefined;
  let announced = 0;
  let compared = 0;
  for (const line of decoded.split('\n')) {
    const heading = /^--- (.*) \((.*)\) at 0x([0-9a-f]{8}) ([0-9a-f]{8})$/.exec(line);
    if (heading !== null) {
      const [, name = '', engine, high, low] = heading;
      const address = Number.parseInt(`${high}${low}`, 16);
      buffer = buffers.find(
        (each) =>
          each.name === (NAMES[name] ?? name) && each.engine === engine && each.address === address,
      );
      assert.ok(buffer !== undefined, line);
      announced++;
    }
    const dword = /^0x([0-9a-f]+): {2}0x([0-9a-f]{8}) : Dword/.exec(line);
    if (dword === null || buffer === undefined) continue;
    const at = Number.parseInt(dword[1] ?? '', 16) - buffer.address;
    // State that commands point to is shown between them, from other buffers.
    if (at < 0 || at + 4 > buffer.bytes.length) continue;
    const view = new DataView(buffer.bytes.buffer, buffer.bytes.byteOffset);
    assert.equal(view.getUint32(at, true), Number.parseInt(dword[2] ?? '', 16), line);
    compared++;
  }
  assert.equal(announced, buffers.length);
  assert.ok(compared > 2000);
});

fieldTest('a state of Linux 3.8: plain dwords, lists, pipes', async () => {
  const trace = await openField(OLD);
  assert.deepEqual(trace.diagnostics, []);
  assert.equal(trace.device.deviceId, 0x0046);
  const { buffers, facts, registers } = snapshotOf(trace);
  assert.deepEqual(
    buffers.map(({ engine, name, address, bytes }) => [engine, name, address, bytes.length]),
    [
      ['rcs0', 'batch', 0x439000, 4096],
      ['rcs0', 'ring', 0x3000, 131_072],
      ['vcs0', 'ring', 0x27000, 131_072],
    ],
  );
  const dwords = countLines(OLD, /^[0-9a-f]+ : +[0-9a-f]{8}$/);
  assert.equal(dwords * 4, 4096 + 2 * 131_072);
  assert.equal(facts.length + dwords + buffers.length, countLines(OLD, /./));
  assert.equal(facts.find(({ section }) => section === 'Pipe [0]')?.value, 'c0000050');
  // Offsets differ before Gen8: none is better than a wrong one.
  assert.deepEqual(
    registers.filter(({ offset }) => offset !== undefined),
    [],
  );
  const [batch] = buffers;
  const text = decodeUtf8(fieldTrace(OLD)).split('\n');
  const first = text.findIndex((line) => line.startsWith('render ring --- gtt_offset'));
  for (let i = 0; i < 1024; i++) {
    const dword = Number.parseInt(text[first + 1 + i]?.split(' : ')[1] ?? '', 16);
    assert.equal(
      new DataView(batch?.bytes.buffer ?? new ArrayBuffer(0)).getUint32(4 * i, true),
      dword,
    );
  }
});

const STATE = decodeUtf8(sample('skl_hang.error_state.txt'));

test('without something to unpack them, contents are missing, and are said to be', async () => {
  const trace = await openText(STATE, {});
  const { buffers } = snapshotOf(trace);
  assert.equal(buffers.length, 12);
  assert.ok(buffers.every(({ bytes, problem }) => bytes.length === 0 && problem !== undefined));
  assert.match(trace.diagnostics[0]?.message ?? '', /^The contents of rcs0 WA context are packed/);
});

test('contents that become too long are refused in a sentence', async () => {
  const trace = await openText(STATE, { unpack: (packed) => unpack(packed, 1000) });
  assert.match(
    trace.diagnostics[0]?.message ?? '',
    /^The contents of rcs0 .* longer than .* allowed/,
  );
  assert.ok(snapshotOf(trace).buffers.every(({ bytes }) => bytes.length <= 1000));
});

test('damaged contents are reported with their line, all others are there', async () => {
  const damaged = STATE.replace(/^(rcs0 --- batch = .*\n:.{40})./m, '$1~');
  const trace = await openText(damaged, { unpack });
  assert.deepEqual(
    trace.diagnostics.map(({ line, message }) => [line, message.slice(0, 66)]),
    [[85, 'The contents of rcs0 batch are damaged at character 41: what comes']],
  );
  const sizes = snapshotOf(trace).buffers.map(({ bytes }) => bytes.length);
  assert.ok((sizes[2] ?? 0) < 65_536);
  assert.equal(sizes.filter((size) => size === 65_536).length, 4);
});

test('base85 is decoded to dwords', () => {
  const decode = (text: string) => decodeAscii85(encodeUtf8(text), 0, text.length);
  assert.deepEqual([...decode('z!!!!"').bytes], [0, 0, 0, 0, 1, 0, 0, 0]);
  assert.deepEqual([...decode('s8W-!').bytes], [0xff, 0xff, 0xff, 0xff]);
  assert.match(decode('z!!').problem ?? '', /^cut off/);
  assert.match(decode('!!!\x7f!').problem ?? '', /^damaged at character 4/);
  assert.deepEqual(decode(''), { bytes: new Uint8Array(0), problem: undefined });
});

test('plain dwords are read in either case of letters; what only looks like one is a line like any other', async () => {
  const head = 'GPU HANG: ecode 5:0x00000000\nrender ring --- ringbuffer = 0x00003000\n';
  const dwords = async (...lines: string[]) => {
    const { snapshot } = await openText(`${head}${lines.join('\n')}\n`);
    return [...(snapshot?.buffers[0]?.bytes ?? [])];
  };
  assert.deepEqual(
    await dwords('00000000 :  0200001A', '0004 :   ffffFFFF'),
    [0x1a, 0, 0, 2, 255, 255, 255, 255],
  );
  for (const line of [
    '000 : 00000001',
    '0x00 : 00000001',
    '000000000 : 00000001',
    '0000: 00000001',
  ])
    assert.deepEqual(await dwords(line), [], line);
  for (const line of ['0000 : 0000001', '0000 : 0x000001', '0000 : 00000001 x', '0000 : 000000001'])
    assert.deepEqual(await dwords(line), [], line);
});
