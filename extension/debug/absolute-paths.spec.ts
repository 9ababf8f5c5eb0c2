import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAbsolutePaths } from './absolute-paths.ts';

const absolute = (file: string) => `/traces/${file}`;

test('paths of a launch configuration start at the folder, in entries of "traces" too', () => {
  const given = { name: 'a', trace: 'a.vgpu', golden: 'host', registers: 'x.svd', skip: ['b'] };
  assert.deepEqual(withAbsolutePaths(given, absolute), {
    name: 'a',
    trace: '/traces/a.vgpu',
    golden: '/traces/host',
    registers: '/traces/x.svd',
    skip: ['b'],
  });
  const traces = ['a', { trace: 'b', golden: 'host' }, { trace: 'c' }];
  assert.deepEqual(withAbsolutePaths({ traces }, absolute), {
    traces: ['/traces/a', { trace: '/traces/b', golden: '/traces/host' }, { trace: '/traces/c' }],
  });
});

test('what is no path stays for the adapter to refuse', () => {
  const given = { trace: '', golden: 5, traces: ['', 7, null, ['a'], { golden: [] }] };
  assert.deepEqual(withAbsolutePaths(given, absolute), given);
});
