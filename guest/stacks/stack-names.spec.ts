import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StackNames } from './stack-names.ts';
import { SymbolTable } from './symbol-table.ts';

test('text waits for names, and only call stacks get them', () => {
  const written: string[] = [];
  const text = () => written.join('');
  const names = new StackNames((more) => written.push(more));
  names.write('R 4 078000 00000001  @ 0xf8a00010 < 0xc1000001 < 0xdeadbeef\n');
  names.write('# 1.000000 DMESG at 0xf8a00010\n');
  assert.equal(text(), '');
  names.finish(new SymbolTable(['f8a00000 t probe\t[i915]', 'c1000000 T start_kernel']));
  assert.equal(
    text(),
    'R 4 078000 00000001  @ probe < start_kernel < 0xdeadbeef\n# 1.000000 DMESG at 0xf8a00010\n',
  );
  names.finish();
  assert.equal(text().split('\n').length, 3);
});
