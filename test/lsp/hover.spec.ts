import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Hover } from 'vscode-languageserver-protocol/node';
import { root } from '../support/source-files.ts';
import type { OpenText } from './lsp-client.ts';
import { useClient } from './use-client.ts';

const client = useClient();

async function hoverText(document: OpenText): Promise<string> {
  const hover = await document.ask<Hover | null>('textDocument/hover');
  if (hover === null) return '';
  assert.ok(typeof hover.contents === 'object' && 'value' in hover.contents);
  return hover.contents.value;
}

async function hoverOf(text: string, languageId = 'vgpu'): Promise<string> {
  return hoverText(await client().open(text, languageId));
}

describe('hovering over an access', () => {
  it('shows the register, and its fields from the value before to the one on the line', async () => {
    const text = await hoverOf('W32 RCS0.RING_CTL 0\nW32 RCS0.RING_|CTL 0x3001\n');
    assert.match(text, /\*\*RCS0\.RING\\_CTL\*\* — RCS0 `0x00203c`, read and write/);
    assert.match(text, /`0x00000000` → `0x00003001`/);
    assert.match(text, /\| enable \| 0 \| disabled → \*\*enabled\*\* \|/);
  });

  it('knows what a masked write leaves alone', async () => {
    const text = await hoverOf('R32 RCS0.RING_MODE = 0x200\nW32 RCS0.RING_MODE 0x8000|8000\n');
    assert.match(text, /bits 31:16 select which of bits 15:0 are written/);
    assert.match(text, /`0x00000200` → `0x00008200`/);
  });

  it('finds registers by their offset, also in the compact form', async () => {
    assert.match(await hoverOf('W 4 00|2030 40\n'), /RCS0\.RING\\_TAIL/);
    assert.match(await hoverOf('R 2 0320|00 1\n'), /no register of this platform/);
  });

  it('says where a power-on value comes from', async () => {
    const text = await hoverOf('R32 GEN8_FUSE|2\n');
    assert.match(text, /At power-on `0x[0-9a-f]{8}` \(source: .+\)/);
  });

  it('decodes an entry of the GGTT, with its other half', async () => {
    const text = await hoverOf('W32 ggtt[0x04001000]+4 1\nW32 ggtt[0x0400|1000] 0x01235001\n');
    assert.match(text, /GGTT entry\*\* of graphics address `0x04001000`, its low half/);
    assert.match(text, /`0x0000000101235001`: → 0x101235000/);
    assert.match(text, /present \| 0 \| yes/);
  });

  it('leads through the aperture to the page that the table names', async () => {
    const text = await hoverOf('W64 ggtt[0x04000000] 0x01234001\nAW32 0x0400|0010 7\n');
    assert.match(text, /last written on line 1, leads to guest memory `0x01234010`/);
  });

  it('names configuration registers', async () => {
    const text = await hoverOf('CR16 0x0|4 = 0x0106\n');
    assert.match(text, /\*\*COMMAND\*\*/);
    assert.match(text, /memorySpace \| 1 \| 1/);
  });
});

describe('hovering over other lines', () => {
  it('decodes a command', async () => {
    const text = await hoverOf('CMD rcs0 ring@00010 1100|0001 00002030 00000040\n');
    assert.match(text, /\*\*MI\\_LOAD\\_REGISTER\\_IMM\*\*/);
    assert.match(text, /RCS0\.RING\\?_TAIL/);
  });

  it('decodes what a command wrote to a register', async () => {
    const text = await hoverOf('CSW rcs0 00203c 0000|3001\n');
    assert.match(text, /RCS0\.RING\\_CTL/);
    assert.match(text, /\| bufferLength \| 20:12 \| 0x3 \|/);
  });

  it('reads contents of memory as dwords, and as commands', async () => {
    const text = await hoverOf('M 1000 00000000 01000|011 30200000 40000000\n');
    assert.match(text, /`0x11000001`/);
    assert.match(text, /MI\\_LOAD\\_REGISTER\\_IMM/);
  });

  it('reads dwords also where bytes stand together, as recorders write them', async () => {
    const text = await hoverOf('M 1000 0000000001000|0113020000040000000\n');
    assert.match(text, /`0x11000001`/);
    assert.match(text, /RCS0\.RING\\?_TAIL ← 0x00000040/);
  });

  it('explains headers and keywords', async () => {
    assert.match(await hoverOf('## plat|form: skl\n'), /one word, such as skl/);
    for (const line of ['I|RQ msi fee01004 0026\n', 'IRQ msi fee0|1004 0026\n']) {
      assert.match(await hoverOf(line), /IRQ msi ADDRESS DATA/);
    }
    assert.match(await hoverOf('T 0|.5\n'), /T SECONDS/);
  });

  it('knows the registers of an expectation', async () => {
    assert.match(await hoverOf('expect RCS0.RING|_CTL.enable == 1\n'), /RCS0\.RING\\_CTL/);
  });

  it('says nothing about comments', async () => {
    assert.equal(await hoverOf('// W32 RCS0.RING|_TAIL 1\n'), '');
  });
});

describe('hovering in the logs of other programs', () => {
  const logs = [
    ['skl_vgpu.ftrace.txt.gz', /reg=0x51000/, /REG_51000|051000/i],
    ['skl_vgpu.mmiotrace.gz', /0xfd078010 0x1c/, /VGT\\_CAPS/],
    ['skl_vgpu.same-run.qemu.trace.gz', /addr 0xfd002098/, /RCS0/],
    ['skl_l2mmt.mmio_diff.txt', /^00002030/m, /RCS0\.RING\\_TAIL/],
    ['skl_native.intel_reg_dump.txt', /0x00044200/, /GEN8\\_MASTER\\_IRQ/],
    ['skl_hang.error_state.txt', /0x37fd2000/, /RCS0\.RING\\_START/],
  ] as const;
  for (const [name, where, expected] of logs) {
    it(`${name} names its registers`, async () => {
      const bytes = readFileSync(`${root}/samples/${name}`);
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      const at = where.exec(text);
      assert.ok(at, 'the sample has such a line');
      const middle = at.index + Math.floor(at[0].length / 2) + 1;
      const document = await client().openAt(text, middle, 'vgpu-log', name);
      assert.match(await hoverText(document), expected);
    });
  }
});

describe('hovering over a 64-bit register of an error state', () => {
  const state = readFileSync(`${root}/samples/skl_hang.error_state.txt`, 'utf8');
  const hoverAt = async (line: string) => {
    const at = state.indexOf(line) + line.length;
    return hoverText(await client().openAt(state, at, 'vgpu-log', 'error_state.txt'));
  };

  it('explains its upper half, which is a register elsewhere', async () => {
    for (const [line, name, value] of [
      ['  BBADDR: 0x', 'BBADDR', '0x0000fffe'],
      ['  ACTHD: 0x', 'ACTHD', '0x0000fffe'],
      ['  FADDR: 0x', 'DMA\\_FADD', '0x00000000'],
    ] as const) {
      const text = await hoverAt(line);
      assert.match(text, new RegExp(`\\*\\*RCS0\\.RING\\\\_${name.replace('\\', '\\\\')}\\*\\*`));
      assert.match(
        text,
        new RegExp(`Upper half of RCS0\\.RING\\\\_${name.replace('\\', '\\\\')}\\.`),
      );
      assert.ok(text.includes(`Answer: \`${value}\``), text);
      assert.doesNotMatch(text, /no register|shown before/);
    }
  });

  it('and one whose halves follow each other', async () => {
    const text = await hoverAt('  PDP0: 0x');
    assert.match(text, /Upper half of RCS0\.RING\\_PDP0\\_LDW\./);
  });
});

describe('hovering in a list of PCI devices', () => {
  const list = readFileSync(`${root}/samples/skl_vgpu.lspci-nnvvvxxxx.txt`, 'utf8');
  /** The byte at `offset` of a device's row. */
  const byteOf = async (device: RegExp, row: string, column: number) => {
    const from = device.exec(list)?.index ?? -1;
    const at = list.indexOf(`\n${row}: `, from) + row.length + 3 + column * 3;
    return hoverText(await client().openAt(list, at, 'vgpu-log', 'devices.txt'));
  };

  it('names configuration registers and decodes them', async () => {
    const text = await byteOf(/VGA compatible/, '00', 4);
    assert.match(text, /\*\*COMMAND\*\* — configuration space `0x04`/);
    assert.match(text, /busMaster \| 2 \| [01] \|/);
  });

  it('knows those behind the common ones of a display controller only', async () => {
    assert.match(await byteOf(/VGA compatible/, 'a0', 12), /MSI/);
    assert.equal(await byteOf(/ISA bridge/, 'a0', 12), '');
    assert.equal(await byteOf(/VGA compatible/, 'd0', 0), '', 'no PM in its list');
    assert.equal(await byteOf(/VGA compatible/, '70', 0), '', 'nor PCI Express');
    assert.match(await byteOf(/VGA compatible/, '50', 0), /GMCH/);
    assert.match(await byteOf(/ISA bridge/, '00', 0), /VENDOR\\_ID.*8086/s);
  });
});

it('a row of an mmio_diff shows the fields of both sides, and which differ', async () => {
  const text =
    'Offset   HW       vGPU     Diff    \n0000203c 00003001 00003000 0\nTotal: 1, Diff: 1\n';
  const document = await client().openAt(text, text.indexOf('00003001'), 'vgpu-log', 'diff.txt');
  const shown = await hoverText(document);
  assert.match(shown, /\| field \| bits \| HW \| vGPU \|/);
  assert.match(shown, /\| bufferLength \| 20:12 \| 0x3 \| 0x3 \|/);
  assert.match(shown, /\| enable \| 0 \| \*\*enabled\*\* \| \*\*disabled\*\* \|/);
});

describe('hovering over a log of GVT-g and QEMU', () => {
  const hoverIn = async (log: string, word: string): Promise<string> => {
    const name = 'log.txt';
    const document = await client().openAt(log, log.indexOf(word) + 1, 'vgpu-log', name);
    return JSON.stringify(await document.ask<Hover | null>('textDocument/hover'));
  };

  it('decodes the commands that GVT-g’s scanner read, and names the registers of its events', async () => {
    const head = ' gvt:rcs0-96 [000] .....   123.5157';
    const log = [
      '# tracer: nop',
      `${head}30: gvt_command: vgpu1 ring 0: address_type 0, buf_type 3, ip_gma 00000144,cmd (name=MI_LOAD_REGISTER_IMM,len=3,raw cmd={0x11000001,0x229c,0x80008}), workload=0000000000000000`,
      `${head}31: render_mmio: VM0 -> VM1 switch reg 209c, old 00008000 new ffff8000`,
      `${head}32: write_ir: VM1 write [IMR] 44304, new ffffffff, old f6f6f6f6, changed 00000001`,
      '',
    ].join('\n');
    assert.match(await hoverIn(log, '11000001'), /MI command of 3 dwords.*RCS0\.RING_MODE ← /);
    assert.match(await hoverIn(log, '229c'), /MI command of 3 dwords/);
    assert.match(await hoverIn(log, '209c'), /RCS0\.RING\\\\_MI\\\\_MODE/);
    assert.match(await hoverIn(log, '44304'), /GEN8\\\\_GT\\\\_IMR\\\\_0/);
  });

  it('explains what a VFIO device was asked and told', async () => {
    const head = '131@1795342297.42575';
    const log = [
      `${head}0:vfio_region_read  (0000:00:02.0:region0+0x78000, 4) = 0x76544776`,
      `${head}1:vfio_region_write  (0000:00:02.0:region0+0x2230, 0x1, 4)`,
      `${head}2:vfio_pci_read_config  (0000:00:02.0, @0x50, len=0x2) 0xc0`,
      '',
    ].join('\n');
    assert.match(await hoverIn(log, '0x2230'), /RCS0\.ELSP/);
    assert.match(await hoverIn(log, '0x76544776'), /magic/i);
    assert.match(await hoverIn(log, '0x50'), /GMCH/);
  });
});
