import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseRegisterDescription } from './parse-description.ts';

const JSON_TEXT = `{
  "name": "a display controller",
  "registers": [
    {"name": "FIFO", "offset": 256, "count": 4, "access": "wo"},
    {
      "name": "CRTC.CNTL", "offset": "0x50", "block": "CRTC", "description": "controls it",
      "fields": [{"name": "ENABLE", "bits": "25", "values": {"1": "on"}}, {"name": "DEPTH", "bits": "11:8"}]
    },
    {"name": "CRTC.CNTL", "offset": "0x54"},
    {"name": "odd", "offset": "0x52"},
    {"name": "two words", "offset": 96},
    {"name": "late", "offset": "0x200000"},
    {"name": "wide", "offset": 100, "fields": [{"name": "f", "bits": "32"}]},
    {"name": "inside", "offset": 260},
    7
  ]
}`;

test('JSON: registers in order of their offsets; those that cannot be are left out with a sentence', () => {
  const { name, registers, problems } = parseRegisterDescription(JSON_TEXT, 'x.json');
  assert.equal(name, 'a display controller');
  assert.deepEqual(registers, [
    {
      name: 'CRTC.CNTL',
      offset: 0x50,
      size: 4,
      access: 'rw',
      block: 'CRTC',
      description: 'controls it',
      fields: [
        { name: 'ENABLE', low: 25, high: 25, values: { 1: 'on' } },
        { name: 'DEPTH', low: 8, high: 11 },
      ],
    },
    { name: 'FIFO', offset: 0x100, size: 16, access: 'wo', fields: [] },
  ]);
  assert.deepEqual(problems, [
    'CRTC.CNTL: there are two of that name.',
    'odd: its offset is no multiple of 4.',
    'two words: a name has letters, digits, _ and single dots.',
    'late: it lies beyond the first 2 MiB.',
    'wide: bits 32:32 of f cannot be.',
    'registers[8] is no object.',
    'inside: it overlaps FIFO.',
  ]);
});

const SVD = `<?xml version="1.0"?>
<device schemaVersion="1.3">
  <name>chip</name>
  <peripherals>
    <peripheral>
      <name>UART0</name><baseAddress>0x1000</baseAddress>
      <registers>
        <register>
          <name>CTRL</name><description>Control
            of it</description><addressOffset>0x0</addressOffset><access>read-write</access>
          <fields>
            <field><name>EN</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth>
              <enumeratedValues>
                <enumeratedValue><name>off</name><value>0</value></enumeratedValue>
                <enumeratedValue><name>on</name><value>#1</value></enumeratedValue>
              </enumeratedValues>
            </field>
            <field><name>MODE</name><lsb>4</lsb><msb>6</msb></field>
            <field><name>DIV</name><bitRange>[31:16]</bitRange></field>
          </fields>
        </register>
        <register derivedFrom="CTRL"><name>CTRL2</name><addressOffset>0x4</addressOffset></register>
        <register><name>STATUS</name><addressOffset>8</addressOffset><access>read-only</access></register>
        <register>
          <dim>2</dim><dimIncrement>8</dimIncrement><dimIndex>A,B</dimIndex>
          <name>FIFO%s</name><addressOffset>0x10</addressOffset>
        </register>
        <cluster>
          <dim>2</dim><dimIncrement>0x10</dimIncrement><name>CH[%s]</name><addressOffset>0x40</addressOffset>
          <register><name>LEN</name><addressOffset>4</addressOffset></register>
        </cluster>
        <register><name>BYTE</name><addressOffset>0x80</addressOffset><size>8</size></register>
      </registers>
    </peripheral>
    <peripheral derivedFrom="UART0"><name>UART1</name><baseAddress>0x2000</baseAddress></peripheral>
    <peripheral derivedFrom="UART9"><name>UART2</name><baseAddress>0x3000</baseAddress></peripheral>
  </peripherals>
</device>`;

test('SVD: peripherals, clusters, arrays and what is derived', () => {
  const { name, registers, problems } = parseRegisterDescription(SVD, 'x.svd');
  assert.equal(name, 'chip');
  const first = registers.filter(({ block }) => block === 'UART0');
  assert.deepEqual(
    first.map((each) => [each.name, each.offset, each.access, each.fields.length]),
    [
      ['UART0.CTRL', 0x1000, 'rw', 3],
      ['UART0.CTRL2', 0x1004, 'rw', 3],
      ['UART0.STATUS', 0x1008, 'ro', 0],
      ['UART0.FIFOA', 0x1010, 'rw', 0],
      ['UART0.FIFOB', 0x1018, 'rw', 0],
      ['UART0.CH_0.LEN', 0x1044, 'rw', 0],
      ['UART0.CH_1.LEN', 0x1054, 'rw', 0],
    ],
  );
  assert.deepEqual(first[0]?.fields, [
    { name: 'EN', low: 0, high: 0, values: { 0: 'off', 1: 'on' } },
    { name: 'MODE', low: 4, high: 6 },
    { name: 'DIV', low: 16, high: 31 },
  ]);
  assert.equal(first[0]?.description, 'Control of it');
  assert.equal(registers.find((each) => each.name === 'UART1.CH_1.LEN')?.offset, 0x2054);
  assert.deepEqual(problems, [
    'UART0.BYTE: its size is no multiple of 4 bytes.',
    'UART1.BYTE: its size is no multiple of 4 bytes.',
    'UART2 is derived from UART9, which is not there.',
  ]);
});

test('what is no description is a sentence that names the file', () => {
  const refused = (text: string) => {
    try {
      parseRegisterDescription(text, 'x.svd');
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return 'taken';
  };
  assert.match(refused('{"registers": 1}'), /^x\.svd is no register description: it has no list/);
  assert.match(refused('<html></html>'), /x\.svd is no register description: .*<device>/);
  assert.match(refused('no text of a kind'), /^x\.svd is no register description/);
});

test('whatever is in the file, it is a description or a sentence', () => {
  const piece = fc.constantFrom(...SVD.split(/(?=<)/), ...JSON_TEXT.split(/(?=[{}[\],])/), '&x;');
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        try {
          const { registers } = parseRegisterDescription(text, 'x');
          assert.ok(registers.every(({ offset, size }) => offset + size <= 0x200000));
        } catch (error) {
          assert.ok(error instanceof Error && error.message.startsWith('x is no register'));
        }
      },
    ),
  );
});
