import assert from 'node:assert/strict';
import { before } from 'node:test';
import { fieldCatalog, valueText } from '../../emulator/index.ts';
import { type DecodedFact, type DecodedRun, decodeDump } from '../../timeline/index.ts';
import { fieldTest, fieldTrace, openField } from '../../trace/testing/field-traces.ts';
import { dumpText, emptyDecoded, readAubinator, readDumpLines } from '../support/aubinator-text.ts';
import { addTree } from '../support/decoded-trees.ts';

const ours = emptyDecoded();
const facts: DecodedFact[] = [];
const runs: DecodedRun[] = [];
const notes: string[] = [];
let text = '';

before(async () => {
  const { snapshot } = await openField('linux64/skl_hang.error_state.txt');
  const catalog = fieldCatalog('skl');
  if (snapshot === undefined || catalog === undefined) return;
  decodeDump(snapshot, catalog, {
    run: (run) => runs.push(run),
    fact: (fact) => facts.push(fact),
    note: (note) => notes.push(note),
    command: (tree) => addTree(ours, tree),
  });
  text = new TextDecoder().decode(fieldTrace('linux64/skl_hang.error_decode.txt.gz'));
});

fieldTest('every line of an error state is told, and the fields of registers', () => {
  const theirs = readDumpLines(text);
  assert.ok(theirs.length > 100);
  assert.ok(theirs.flatMap(({ fields }) => fields).length > 150);
  const lines = facts.map(({ text: line, register }) => ({
    text: dumpText(line),
    fields: (register?.fields ?? []).map((field) => `${field.name}: ${valueText(field)}`),
  }));
  assert.deepEqual(lines, theirs);
});

fieldTest('every buffer of an error state is told, the context first', () => {
  const names = [...text.matchAll(/^--- (.*) \((.*)\) at 0x([0-9a-f]{8}) ([0-9a-f]{8})$/gm)];
  assert.ok(names.length > 10);
  assert.deepEqual(
    runs.map(({ title }) => Number.parseInt(/at 0x([0-9a-f]+)/.exec(title)?.[1] ?? '', 16)),
    names.map(([, , , high = '', low = '']) => Number.parseInt(high + low, 16)),
  );
});

fieldTest('every command and field in an error state is as aubinator_error_decode shows it', () => {
  const theirs = readAubinator(text);
  assert.equal(theirs.commands.length, 1442);
  assert.equal(theirs.fields.flat().length, 8684);
  assert.deepEqual(ours.commands, theirs.commands);
  for (const [index, command] of theirs.commands.entries()) {
    const [mine = [], other = []] = [ours.fields[index], theirs.fields[index]];
    assert.equal(mine.length, other.length, command);
    const isLoad = command.includes(' MI_LOAD_REGISTER_IMM ');
    // aubinator shows the first value for each register that one command loads.
    const kept = (line: string) => !isLoad || !line.startsWith('203c ');
    assert.deepEqual(mine.filter(kept), other.filter(kept), command);
  }
  assert.deepEqual(ours.data, theirs.data);
  assert.deepEqual(ours.kernels, theirs.kernels);
});

fieldTest(
  'the command that the engine was at is marked, as aubinator_error_decode marks it',
  () => {
    const marked = text.match(/ \(ACTHD\): /g)?.length;
    assert.equal(notes.filter((note) => note.startsWith('ACTHD')).length, marked);
  },
);
