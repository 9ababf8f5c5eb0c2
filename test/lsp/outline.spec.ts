import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type {
  CodeLens,
  DocumentSymbol,
  FoldingRange,
  WorkspaceSymbol,
} from 'vscode-languageserver-protocol/node';
import { root } from '../support/source-files.ts';
import { useClient } from './use-client.ts';

const client = useClient({ hasDebugCommands: true, showsRegisterTables: true });

const SCENARIO = [
  '## title: x',
  '## platform: skl',
  '# Look',
  'R32 0x78000 = 0x76544776',
  '# Start',
  'W32 0x941c 2',
  'mark here',
  'W32 RCS0.RING_CTL 0x1',
  'W32 RCS0.RING_TAIL 0x40',
  'W32 RCS0.RING_TAIL 0x80',
  ...Array.from({ length: 5 }, () => 'R32 0x44200'),
  '',
].join('\n');

function tree(symbols: readonly DocumentSymbol[] | undefined, indent = ''): string[] {
  return (symbols ?? []).flatMap(({ name, range, children }) => [
    `${indent}${name} ${range.start.line}-${range.end.line}`,
    ...tree(children, `${indent}  `),
  ]);
}

it('the outline has sections, phases, marks and runs', async () => {
  const document = await client().open(SCENARIO);
  assert.deepEqual(tree(await document.ask('textDocument/documentSymbol')), [
    'Look 2-3',
    '  Probe 3-3',
    'Start 4-14',
    '  Reset 5-6',
    '    here 6-6',
    '  RCS0 starts 7-7',
    '  Submission 1 on RCS0 8-8',
    '  Submission 2 on RCS0 9-14',
    '    poll ×5 10-14',
  ]);
});

it('headers, sections, phases and runs fold', async () => {
  const document = await client().open(SCENARIO);
  const ranges = await document.ask<FoldingRange[]>('textDocument/foldingRange');
  assert.deepEqual(
    ranges.map(({ startLine, endLine }) => [startLine, endLine]),
    [
      [0, 1],
      [2, 3],
      [4, 14],
      [5, 6],
      [9, 14],
      [10, 14],
    ],
  );
});

it('lenses debug, run, and debug from where sections and phases begin, once for each access', async () => {
  const document = await client().open(SCENARIO);
  const lenses = await document.ask<CodeLens[]>('textDocument/codeLens');
  assert.deepEqual(
    lenses.map(({ range, command }) => [range.start.line, command?.command]),
    [
      [0, 'vgpu.debugTrace'],
      [0, 'vgpu.runTrace'],
      ...[2, 4, 6, 8, 9].map((line) => [line, 'vgpu.debugFrom']),
    ],
  );
  assert.deepEqual(lenses[2]?.command?.arguments, [document.uri, 2]);
});

it('the workspace’s symbols are registers and the outlines of what is open', async () => {
  const document = await client().open(SCENARIO);
  const ask = (query: string) =>
    client().connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query });
  const registers = await ask('ring_tail');
  const rcs = registers.find(({ name }) => name === 'RCS0.RING_TAIL');
  assert.equal(rcs?.location.uri, 'vgpu-registers:/skl.vgpu-registers');
  const here = (await ask('here')).filter(({ location }) => location.uri === document.uri);
  assert.deepEqual(
    here.map(({ name }) => name),
    ['here'],
  );
});

it('a genuine recording has its phases', async () => {
  const packed = readFileSync(`${root}/samples/guest-gem-stacks.vgpu.gz`);
  const document = await client().open('');
  const text = gunzipSync(packed).toString('utf8');
  const recording = await client().openAt(text, 0, 'vgpu', 'recording.vgpu');
  assert.deepEqual(await document.ask('textDocument/documentSymbol'), []);
  const names = tree(await recording.ask('textDocument/documentSymbol')).map((each) => each.trim());
  // What a recorder notes is no heading.
  assert.ok(names.every((each) => !/^[0-9]+\.[0-9]{6} /.test(each)));
  for (const name of [
    /^Probe /,
    /^Reset /,
    /^RCS0 starts /,
    /^Submission 1 on RCS0/,
    /page table fill ×/,
  ]) {
    assert.ok(
      names.some((each) => name.test(each)),
      String(name),
    );
  }
});

it('a dump of one moment has no phases, and is debugged as it is', async () => {
  const text = readFileSync(`${root}/samples/skl_native.intel_reg_dump.txt`, 'utf8');
  const dump = await client().openAt(text, 0, 'vgpu-log', 'dump.txt');
  assert.deepEqual(await dump.ask('textDocument/documentSymbol'), []);
  const lenses = await dump.ask<CodeLens[]>('textDocument/codeLens');
  assert.deepEqual(
    lenses.map(({ command }) => [command?.command, command?.arguments]),
    [['vgpu.debugTrace', [dump.uri]]],
  );
});

it('an error state has its engines and buffers, which fold, and are found in the workspace', async () => {
  const text = readFileSync(`${root}/samples/skl_hang.error_state.txt`, 'utf8');
  const dump = await client().openAt(text, 0, 'vgpu-log', 'hang.txt');
  const symbols = await dump.ask<DocumentSymbol[]>('textDocument/documentSymbol');
  const lines = text.split('\n');
  assert.deepEqual(
    symbols.map(({ range: { start } }) => start.line),
    lines.flatMap((line, number) => (/^rcs0 (?:command stream:|--- )/.test(line) ? [number] : [])),
  );
  const [engine, context] = symbols;
  assert.equal(engine?.name, 'rcs0 command stream');
  assert.equal(lines[engine.range.end.line + 1]?.startsWith('rcs0 --- WA context'), true);
  assert.deepEqual(
    [context?.name, context?.detail],
    ['rcs0 --- WA context', '0x00000000 37ffd000'],
  );
  const folds = await dump.ask<FoldingRange[]>('textDocument/foldingRange');
  assert.deepEqual(
    folds.map(({ startLine, endLine }) => [startLine, endLine]),
    symbols.map(({ range: { start, end } }) => [start.line, end.line]),
  );
  const found = await client().connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', {
    query: '--- batch',
  });
  assert.ok(found.some(({ location }) => location.uri === dump.uri));
});

it('lspci has its devices', async () => {
  const text = readFileSync(`${root}/samples/skl_vgpu.lspci-nnvvvxxxx.txt`, 'utf8');
  const dump = await client().openAt(text, 0, 'vgpu-log', 'lspci.txt');
  const symbols = await dump.ask<DocumentSymbol[]>('textDocument/documentSymbol');
  assert.deepEqual(
    symbols.map(({ name }) => name),
    [...text.matchAll(/^\S+:\S+\.\d(?= )/gm)].map(([name]) => name),
  );
  assert.match(symbols.at(-1)?.detail ?? '', /^VGA compatible controller/);
});

it('the log of another program has both', async () => {
  const packed = readFileSync(`${root}/samples/skl_vgpu.same-run.qemu.trace.gz`);
  const log = await client().openAt(gunzipSync(packed).toString('utf8'), 0, 'vgpu-log', 'log.txt');
  const names = tree(await log.ask('textDocument/documentSymbol')).map((each) => each.trim());
  assert.ok(names.some((name) => name.startsWith('Reset ')));
  const lenses = await log.ask<CodeLens[]>('textDocument/codeLens');
  assert.ok(lenses.length > 2);
});
