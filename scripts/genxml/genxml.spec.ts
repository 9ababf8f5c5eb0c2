import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeRow } from './encode-row.ts';
import { readFormats } from './read-formats.ts';
import { type Groups, mergeGroups } from './read-groups.ts';
import { parseXml } from './xml.ts';

const OLD = `<?xml version='1.0'?>
<genxml name="OLD" gen="8">
  <!-- <struct name="NOT"/> -->
  <enum name="Kind"><value name="A" value="0"/><value name="C &amp; D" value="0x2"/></enum>
  <struct name="GONE" length="1"><field name="X" start="0" end="0" type="bool"/></struct>
  <struct name="KEPT" length="1"><field name="X" start="0" end="3" type="Kind"/></struct>
  <struct name="CHANGED" length="1"><field name="X" start="0" end="0" type="uint"/></struct>
</genxml>`;
const NEW = `<genxml name="NEW" gen="9">
  <import name="old.xml"><exclude name="GONE"/></import>
  <struct name="CHANGED" length="2"><field name="Y" start="1" end="2" type="int"/></struct>
  <instruction name="DO IT" bias="2" length="3" engine="render|video">
    <field name="DWord Length" start="0" end="7" type="uint" default="1"/>
    <field name="Opcode" start="23" end="28" type="uint" default="34"/>
    <field name="Type" start="29" end="31" type="uint" default="0"/>
    <field name="Mode" start="20" end="21" type="uint"><value name="ON" value="1"/></field>
    <group count="0" start="32" size="32"><field name="Item" start="0" end="31" type="u4.8"/></group>
  </instruction>
</genxml>`;

function groups(): Groups {
  const old = mergeGroups(parseXml(OLD), () => new Map());
  return mergeGroups(parseXml(NEW), (name) => (name === 'old.xml' ? old : new Map()));
}

function row(key: string): string | undefined {
  const group = groups().get(key);
  return group && encodeRow(group);
}

test('a file has what it imports, but for what it excludes or has itself', () => {
  assert.deepEqual([...groups().keys()].sort(), [
    'enum Kind',
    'instruction DO IT',
    'struct CHANGED',
    'struct KEPT',
  ]);
  assert.equal(row('struct CHANGED'), 'sCHANGED|2|Y@1-2i');
  assert.equal(row('struct KEPT'), 'sKEPT|1|X@0-3%Kind');
});

test('fields with a fixed value in the upper half of dword 0 become opcode and mask', () => {
  assert.equal(
    row('instruction DO IT'),
    'iDO IT|1100,ff80,2,3,rv|DWord Length@0-7|Mode@20-21{1=ON|>0,32,32|Item@0-31U4.8|<',
  );
});

test('of values those are told that do not follow the one before', () => {
  const list = parseXml(
    '<enum name="E"><value name="B" value="1"/><value name="C" value="2"/></enum>',
  );
  assert.equal(encodeRow(list), 'eE|1=B;C');
});

test('letters that the table separates by are refused', () => {
  const group = parseXml(
    '<struct name="S" length="1"><field name="a|b" start="0" end="0" type="bool"/></struct>',
  );
  assert.throws(() => encodeRow(group), /"a\|b" has a letter that separates fields/);
});

test('elements have to be closed in order', () => {
  assert.throws(() => parseXml('<a><b></a></b>'), /closes what is not open/);
  assert.throws(() => parseXml('<a/><b/>'), /one outermost element/);
});

test('surface formats are those that a field has room for', () => {
  const header = 'ISL_FORMAT_R8_UNORM = 320,\n ISL_FORMAT_RAW = 0x1ff,\n ISL_FORMAT_HIZ = 1024,';
  assert.deepEqual(
    [...readFormats(header)],
    [
      [320, 'R8_UNORM'],
      [511, 'RAW'],
    ],
  );
});
