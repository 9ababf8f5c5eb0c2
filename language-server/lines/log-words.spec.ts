import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logWords } from './log-words.ts';

/** A line, and its words that are not plain text: `role text`. */
function words(format: string, line: string): readonly string[] {
  return logWords(format, line)
    .filter(({ role }) => role !== 'time' && role !== 'keyword')
    .map(({ role, text, start, end }) => {
      assert.equal(line.slice(start, end), text);
      return `${role} ${text}`;
    });
}

test('QEMU’s lines of VFIO devices have a place, a value and a size', () => {
  const device = '(11111111-2222-3333-4444-555555555555';
  const head = '131@1795342297.425758:vfio_';
  assert.deepEqual(
    words('qemu', `${head}region_write  ${device}:region0+0x44338, 0xffffffff, 4)`),
    ['place 0x44338', 'value 0xffffffff', 'size 4'],
  );
  assert.deepEqual(
    words('qemu', 'vfio_region_write (0000:00:02.0:region2+0x10 , 0x1, 8) is_readonly_region=0.'),
    ['place 0x10', 'value 0x1', 'size 8'],
  );
  assert.deepEqual(
    words('qemu', 'vfio_region_read  (0000:00:02.0:region0+0x78000, 4) = 0x76544776'),
    ['place 0x78000', 'size 4', 'value 0x76544776'],
  );
  assert.deepEqual(words('qemu', `${head}pci_read_config  ${device}, @0xe, len=0x1) 0x80`), [
    'place 0xe',
    'size 0x1',
    'value 0x80',
  ]);
  assert.deepEqual(words('qemu', `${head}pci_write_config  ${device}, @0x4, 0x103, len=0x2)`), [
    'place 0x4',
    'value 0x103',
    'size 0x2',
  ]);
  // Some devices have a description for a name, with whatever is in it.
  assert.deepEqual(words('qemu', 'vfio_region_write  (VFIO: a (b) region1:region0+0x40, 0x2, 4)'), [
    'place 0x40',
    'value 0x2',
    'size 4',
  ]);
});

test('error states’ fences have a name and a value', () => {
  assert.deepEqual(words('error-state', '  fence[12] = 00000000_00000000'), [
    'name fence[12]',
    'value 00000000_00000000',
  ]);
  assert.deepEqual(words('error-state', '  fence[0] = 7fff00002000001'), [
    'name fence[0]',
    'value 7fff00002000001',
  ]);
});

test('GVT-g’s events have the registers and the dwords that they show', () => {
  const head = '        gvt:rcs0-96      [000] dNs2.   123.515730: ';
  assert.deepEqual(
    words('ftrace', `${head}render_mmio: VM0 -> VM1 switch reg 229c, old 00008000 new ffff8000`),
    ['place 229c', 'value 00008000', 'value ffff8000'],
  );
  assert.deepEqual(
    words(
      'ftrace',
      `${head}write_ir: VM1 write [IMR] 44304, new ffffffff, old f6f6f6f6, changed 00000001`,
    ),
    ['text IMR', 'place 44304', 'value ffffffff', 'value f6f6f6f6'],
  );
  const raw = 'name=MI_LOAD_REGISTER_IMM,len=3,raw cmd={0x11000001,0x2028,0x0}';
  assert.deepEqual(
    words('ftrace', `${head}gvt_command: vgpu1 ring 0: ip_gma 00000144,cmd (${raw}), workload=0`),
    ['text MI_LOAD_REGISTER_IMM', 'size 3', 'command 11000001', 'bytes 2028', 'bytes 0'],
  );
});
