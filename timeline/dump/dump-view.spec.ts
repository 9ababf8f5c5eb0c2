import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openTrace } from '../../trace/index.ts';
import { dumpText, dumpView } from './dump-view.ts';

const file = new URL('../../samples/skl_hang.error_state.txt', import.meta.url);

test('an error state’s text says what its values mean', async () => {
  const { snapshot } = await openTrace([readFileSync(file)]);
  assert.ok(snapshot);
  const lines = dumpText(dumpView(snapshot, 'skl')).split('\n');
  assert.ok(lines.includes('rcs0:'));
  const line = (key: string) => lines.find((each) => each.startsWith(`  ${key}: `)) ?? '';
  assert.match(line('IPEHR'), / {3}\/\/ the command executed last: PIPE_CONTROL$/);
  assert.match(line('INSTDONE'), / {3}\/\/ not done: CS$/);
  assert.match(line('SC_INSTDONE'), / {3}\/\/ all units are done$/);
  assert.match(lines.find((each) => /rcs0 ring at 0x37fd2000/.test(each)) ?? '', / bytes/);
});

test('of a platform that is not emulated the words are there, without their meaning', async () => {
  const { snapshot } = await openTrace([readFileSync(file)]);
  assert.ok(snapshot);
  const lines = dumpText(dumpView(snapshot, undefined)).split('\n');
  assert.ok(lines.includes('  IPEHR: 0x7a000004'));
});

test('what a dump compares stands beside the value', async () => {
  const text =
    'Offset   HW       vGPU     Diff\n00002030 000002a0 000000d8 3-6,9\nTotal: 100, Diff: 1\n';
  const { snapshot } = await openTrace([new TextEncoder().encode(text)]);
  assert.ok(snapshot);
  assert.match(dumpText(dumpView(snapshot, 'skl')), /0x000000d8 {3}\/\/ host: 0x000002a0/);
});

test('a dump of very many registers is seen at once', async () => {
  const count = 3000;
  const facts = Array.from({ length: count }, (_, n) => ({
    key: `fence[${n}]`,
    value: '0',
    line: n,
  }));
  const registers = facts.map(({ key, line }) => {
    const said = line % 2 === 0 ? key : `other[${line}]`;
    return { name: said, offset: undefined, size: 4, value: { low: 0, high: 0 }, line };
  });
  let looks = 0;
  const counted = facts.map((fact) => ({
    ...fact,
    get key() {
      looks++;
      return fact.key;
    },
  }));
  const dump = { facts: counted, registers, buffers: [], config: undefined, mmio: undefined };
  const [group] = dumpView(dump, undefined).groups;
  assert.equal(group?.facts.length, count * 1.5);
  assert.ok(looks <= count * 10, `${looks} looks at ${count} facts`);
});
