import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Client } from './client.ts';

describe('a client', () => {
  test('counts lines and columns from 1 unless it says otherwise', () => {
    const standard = new Client();
    assert.deepEqual([standard.lineOut(7), standard.lineIn(7)], [7, 7]);
    assert.deepEqual([standard.columnOut(0), standard.columnIn(1)], [1, 0]);
    const zero = new Client({ linesStartAt1: false, columnsStartAt1: false });
    assert.deepEqual([zero.lineOut(7), zero.lineIn(6)], [6, 7]);
    assert.deepEqual([zero.columnOut(0), zero.columnIn(0)], [0, 0]);
  });

  test('may name files by URI', () => {
    const file = path.resolve('/traces/a b.vgpu');
    const client = new Client({ pathFormat: 'uri' });
    assert.equal(client.pathOut(file), pathToFileURL(file).href);
    assert.equal(client.pathIn(pathToFileURL(file).href), file);
    assert.equal(new Client().pathOut(file), file);
  });

  test('may name what is no file', () => {
    assert.equal(new Client().pathIn('vgpu-trace:/a.vgpu.gz'), 'vgpu-trace:/a.vgpu.gz');
    assert.equal(new Client().pathIn('file://%zz'), 'file://%zz');
  });
});
