import assert from 'node:assert/strict';
import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';

const GUEST = sample('guest-gem-stacks.vgpu.gz');

describe('images of vGPUs', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-image-'));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string) => path.join(folder, name);
  const replay = (...args: string[]) => runCli(['replay', ...args]);

  it('written at a record and loaded again, bring the rest of a replay to the same state', async () => {
    const whole = jsonOf(await replay(GUEST, '--json'));
    for (const at of [1, 3000, 5000]) {
      const image = file(`at-${at}`);
      const saved = jsonOf(await replay(GUEST, '--json', '--save-image', image, '--at', `${at}`));
      assert.deepEqual([saved['to'], saved['image'], saved['records']], [`${at}`, image, at]);
      assert.notEqual(saved['hash'], whole['hash']);
      const rest = jsonOf(await replay(GUEST, '--json', '--from-image', image));
      assert.equal(rest['from'], `${at}`);
      assert.equal(rest['hash'], whole['hash']);
      assert.equal(rest['records'], Number(whole['records']) - at);
      assert.deepEqual(rest['divergences'], []);
    }
  });

  it('may be written by a replay that goes on from one', async () => {
    const [first, second] = [file('first'), file('second')];
    await replay(GUEST, '--save-image', first, '--at', '2000');
    const { status, out } = await replay(
      ...[GUEST, '--from-image', first, '--save-image', second, '--at', '4000'],
    );
    assert.equal(status, 0);
    assert.match(out, /: 2,000 records replayed from 2000 to 4000\nimage {11}.*second\n/);
    const [there, whole] = [await replay(GUEST, '--from-image', second), await replay(GUEST)];
    assert.equal(there.out.match(/hash.*/)?.[0], whole.out.match(/hash.*/)?.[0]);
  });

  it('without --at are of the end, and may lie there unpacked', async () => {
    const end = file('end');
    const saved = jsonOf(await replay(GUEST, '--json', '--save-image', end));
    writeFileSync(end, gunzipSync(readFileSync(end)));
    const rest = jsonOf(await replay(GUEST, '--json', '--from-image', end));
    assert.deepEqual([rest['records'], rest['hash']], [0, saved['hash']]);
  });

  it('start from the golden state that they were taken on', async () => {
    const [image, host] = [file('golden'), file('host')];
    writeFileSync(host, '(0x00005f00): 0x00000001\n');
    const golden = ['--golden', host];
    await replay(GUEST, ...golden, '--save-image', image, '--at', '3000');
    const rest = jsonOf(await replay(GUEST, '--json', ...golden, '--from-image', image));
    assert.equal(rest['hash'], jsonOf(await replay(GUEST, '--json', ...golden))['hash']);
  });

  it('that do not fit or are damaged are refused with a sentence', async () => {
    const image = file('image');
    await replay(GUEST, '--save-image', image, '--at', '3000');
    const refused = async (trace: string, name: string, said: RegExp) => {
      const { status, err } = await replay(trace, '--from-image', name);
      assert.equal(status, 1);
      assert.match(err, said);
    };
    const other = sample('guest-broadwell.vgpu.gz');
    await refused(other, image, /is of another vGPU .* Image: skl .* Trace: bdw 8086:1616/);
    const short = file('short.vgpu');
    const header =
      '## platform: skl\n## vgpu: caps=1c mappable=08000000+08000000 hidden=28000000+20000000 fences=4\n';
    writeFileSync(short, `${header}R 4 002098 0\n`);
    await refused(short, image, /was taken before record 3000, and .*short\.vgpu has 1\./);
    const bytes = gunzipSync(readFileSync(image));
    writeFileSync(file('cut'), readFileSync(image).subarray(0, 4000));
    await refused(GUEST, file('cut'), /cut cannot be read: unexpected end of file\./);
    const last = bytes.subarray(0, bytes.length - 100);
    writeFileSync(file('less'), gzipSync(last));
    await refused(GUEST, file('less'), /less is damaged\. Region \d+ ends behind the image\./);
    bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1;
    writeFileSync(file('bit'), bytes);
    await refused(GUEST, file('bit'), /does not bring back the state that it was taken of/);
    await refused(GUEST, GUEST, /is no image of a vGPU/);
    await refused(GUEST, folder, /is a folder/);
    await refused(GUEST, file('none'), /there is no file/);
  });

  it('are of one past: another trace takes them only where that is said', async () => {
    const [image, other] = [file('past'), file('other.vgpu')];
    const text = gunzipSync(readFileSync(GUEST)).toString();
    await replay(GUEST, '--save-image', image, '--at', '3000');
    const from = (...args: string[]) => replay(other, '--from-image', image, '--json', ...args);
    // Behind the moment it may be another.
    writeFileSync(other, `${text}R 4 002098 0\n`);
    assert.equal((await from()).err, '');
    const value = /^W 4 [0-9a-f]{6,} [0-9a-f]{7}/m;
    assert.match(text, value);
    writeFileSync(
      other,
      text.replace(value, (line) => `${line.slice(0, -1)}${line.endsWith('0') ? '1' : '0'}`),
    );
    const refused = await from();
    assert.equal(refused.status, 1);
    assert.match(
      refused.err,
      /past was taken from another trace: its records before 3000 are not those of .*other\.vgpu\. With --other-past/,
    );
    const taken = await from('--other-past');
    assert.deepEqual([taken.err, jsonOf(taken)['from']], ['', '3000']);
    assert.match((await replay(GUEST, '--other-past')).err, /--other-past is about the image/);
  });

  it('of older versions, which do not know their past, are taken with a sentence', async () => {
    const image = file('old');
    await replay(GUEST, '--save-image', image, '--at', '3000');
    const bytes = gunzipSync(readFileSync(image));
    // The last region: type, length, 32 digits.
    const digest = bytes.subarray(bytes.length - 40);
    assert.deepEqual([digest.readUInt32LE(0), digest.readUInt32LE(4)], [0x205, 32]);
    writeFileSync(image, bytes.subarray(0, bytes.length - 40));
    const { status, err } = await replay(GUEST, '--from-image', image);
    assert.equal(status, 0);
    assert.match(err, /old does not say which trace it was taken from, .* is not known\./);
  });

  it('are never written over the trace', async () => {
    const trace = file('trace.vgpu');
    const text = readFileSync(sample('first-steps.vgpu'), 'utf8');
    writeFileSync(trace, text);
    linkSync(trace, file('link.vgpu'));
    for (const name of [trace, path.relative(process.cwd(), trace), file('link.vgpu')]) {
      const { status, err } = await replay(trace, '--save-image', name);
      assert.equal(status, 2);
      assert.match(err, /--save-image would write over the trace/);
    }
    assert.equal(readFileSync(trace, 'utf8'), text);
  });

  it('are about one moment of one vGPU', async () => {
    const image = file('x');
    const wrong = async (said: RegExp, ...args: string[]) => {
      const { status, err } = await replay(...args);
      assert.ok(status === 1 || status === 2, `${status}`);
      assert.match(err, said);
    };
    const save = ['--save-image', image];
    await wrong(/--at says when --save-image/, GUEST, '--at', '5');
    await wrong(/there is no record 50000: the last is \d+\./, GUEST, ...save, '--at', '50000');
    await wrong(/record 5 has no event 9; no image was written/, GUEST, ...save, '--at', '5+9');
    const end = jsonOf(await replay(GUEST, '--json'))['records'];
    const beyond = new RegExp(`record ${end} has no event 1; no image was written`);
    await wrong(beyond, GUEST, ...save, '--at', `${end}+1`);
    await wrong(/about one vGPU on its own/, GUEST, GUEST, ...save);
    await wrong(/about one vGPU on its own/, GUEST, '--schedule', 'sliced', ...save);
    await wrong(/is of a device that is not emulated/, sample('radeon.mmiotrace.gz'), ...save);
    await wrong(/take the path of a file/, GUEST, '--save-image', '-');
    await wrong(/cannot be written/, GUEST, '--save-image', path.join(folder, 'no', 'x'));
    await replay(GUEST, ...save, '--at', '3000');
    await wrong(
      /--at 10 comes before the image, which is of 3000/,
      GUEST,
      '--from-image',
      image,
      ...save,
      '--at',
      '10',
    );
  });
});
