import assert from 'node:assert/strict';
import { fieldCatalog } from '../../emulator/index.ts';
import { decodeRecorded } from '../../timeline/index.ts';
import { fieldTest, openField } from '../../trace/testing/field-traces.ts';

fieldTest(
  'the commands that ftrace of GVT-g shows are decoded, each with its address',
  async () => {
    const { store } = await openField('gvt/skl_l2mmt.gvt_only.ftrace.txt.gz');
    const catalog = fieldCatalog('skl');
    assert.ok(catalog);
    const names = new Map<string, number>();
    const runs: string[] = [];
    const count = decodeRecorded(store, catalog, {
      run: ({ title }) => runs.push(title),
      command: ({ name = '?', length, words }) => {
        names.set(name, (names.get(name) ?? 0) + 1);
        assert.equal(words.length, length, name);
      },
      note: (text) => assert.fail(text),
      fact: () => assert.fail('a log tells nothing else'),
    });
    assert.equal(count, 240);
    assert.match(runs[0] ?? '', /^RCS0 context, recorded from record 1 on$/);
    assert.equal(names.get('?'), undefined);
    assert.ok((names.get('PIPE_CONTROL') ?? 0) > 0 && (names.get('MI_FLUSH_DW') ?? 0) > 0);
  },
);
