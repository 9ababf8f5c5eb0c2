import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAbsolutePaths } from './absolute-paths.ts';

const absolute = (file: string) => `/work/${file}`;

test('paths of a launch configuration start at the folder, in entries of "traces" too', () => {
  const given = { name: 'a', trace: 'a.vgpu', golden: 'host', registers: 'x.svd', skip: ['b'] };
  assert.deepEqual(withAbsolutePaths(given, absolute), {
    name: 'a',
    trace: '/work/a.vgpu',
    golden: '/work/host',
    registers: '/work/x.svd',
    skip: ['b'],
  });
  const traces = ['a', { trace: 'b', golden: 'host' }, { trace: 'c' }];
  assert.deepEqual(withAbsolutePaths({ traces }, absolute), {
    traces: ['/work/a', { trace: '/work/b', golden: '/work/host' }, { trace: '/work/c' }],
  });
});

test('what is no path stays for the adapter to refuse', () => {
  const given = { trace: '', golden: 5, traces: ['', 7, null, ['a'], { golden: [] }] };
  assert.deepEqual(withAbsolutePaths(given, absolute), given);
});
