import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RegisterRow } from '../mmio/register-row.ts';
import { play } from '../testing/play.ts';
import { type TestCore, testCore } from '../testing/test-core.ts';
import { resetGuc } from './guc.ts';

const ROWS: readonly RegisterRow[] = [
  { name: 'PWR_WELL_CTL', offset: 0x45400, count: 4, onWrite: 'power-well' },
  { name: 'DBUF_CTL', offset: 0x45008, onWrite: 'dbuf-control' },
  { name: 'LCPLL1_CTL', offset: 0x46010, onWrite: 'lcpll' },
  { name: 'LCPLL2_CTL', offset: 0x46014, onWrite: 'lcpll' },
  { name: 'WRPLL_CTL1', offset: 0x46040, onWrite: 'lcpll' },
  { name: 'WRPLL_CTL2', offset: 0x46060, onWrite: 'lcpll' },
  { name: 'DPLL_STATUS', offset: 0x6c060 },
  { name: 'LCPLL_CTL', offset: 0x130040, onWrite: 'lcpll' },
  { name: 'GEN6_PCODE_MAILBOX', offset: 0x138124, onWrite: 'pcode-mailbox' },
  { name: 'GEN6_PCODE_DATA', offset: 0x138128, count: 2 },
  { name: 'SBI', offset: 0xc6000, count: 3, onWrite: 'sbi' },
  { name: 'PP_STATUS', offset: 0xc7200, access: 'ro' },
  { name: 'PP_CONTROL', offset: 0xc7204, onWrite: 'panel-power' },
  { name: 'FORCEWAKE_RENDER', offset: 0xa278, access: 'masked', onWrite: 'force-wake' },
  { name: 'FORCEWAKE_MEDIA', offset: 0xa270, access: 'masked', onWrite: 'force-wake' },
  { name: 'FORCEWAKE_GT', offset: 0xa188, access: 'masked', onWrite: 'force-wake' },
  { name: 'ACK_RENDER', offset: 0xd84 },
  { name: 'ACK_MEDIA', offset: 0xd88 },
  { name: 'ACK_GT', offset: 0x130044 },
  { name: 'SOUTH_CHICKEN2', offset: 0xc2004, onWrite: 'south-reset-request' },
  { name: 'MBCTL', offset: 0x907c, onWrite: 'mbctl' },
  { name: 'FPGA_DBG', offset: 0x42300, onWrite: 'fpga-debug' },
  { name: 'GUC_STATUS', offset: 0xc000, onWrite: 'guc-reset', onRead: 'guc-status' },
  { name: 'DMA_CTRL', offset: 0xc314, onWrite: 'guc-dma' },
];

function skylake(): TestCore {
  return testCore(ROWS);
}

test('power wells come up one after another as the recorded driver asks for them', () => {
  play(
    skylake(),
    `R 45404 00000000
     W 45404 20000000
     R 45404 30000000
     W 45404 30000002
     R 45404 30000003
     W 45404 b0000003
     R 45404 f0000003
     W 45404 f000000b
     R 45404 f000000f
     W 45404 f000002f
     R 45404 f000003f
     W 45404 f00000bf
     R 45404 f00000ff
     W 45404 f00002ff
     R 45404 f00003ff
     R 45400 50000155  the firmware's register shows the same wells on`,
  );
});

test('a Skylake power well has its state bit exactly where the request bit was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
      const { r, w } = skylake();
      w(0x45404, value);
      const requests = (value & 0xa00002aa) >>> 0;
      assert.equal(r(0x45404), (requests | (requests >>> 1)) >>> 0);
    }),
  );
});

test('a well stays on while another requester asks for it', () => {
  const { r, w } = skylake();
  w(0x45400, 0x80000000);
  w(0x45404, 0x80000000);
  w(0x45404, 0);
  assert.equal(r(0x45404), 0x40000000);
  w(0x45400, 0);
  assert.equal(r(0x45404), 0);
});

test('Broadwell has only the global power well', () => {
  const { r, w } = testCore(ROWS, {}, 'bdw');
  w(0x45404, 0xffffffff);
  assert.equal(r(0x45404), 0xc0000000);
});

test('§8: PWR_WELL_CTL5 and 6 of Broadwell show a state and keep their other bits', () => {
  const rows: RegisterRow[] = [
    { name: 'PWR_WELL_CTL', offset: 0x45400, count: 6, onWrite: 'power-well' },
  ];
  const { r, w } = testCore(rows, {}, 'bdw');
  for (const at of [0x45410, 0x45414]) {
    w(at, 0x80080000);
    assert.equal(r(at), 0xc0080000);
    w(at, 0x40080000);
    assert.equal(r(at), 0x00080000);
  }
  assert.equal(r(0x45404), 0, 'they ask for no well');
});

test('DPLL 0 goes off and on again as the recorded driver changes the core clock', () => {
  const device = skylake();
  play(
    device,
    `W 46010 80000000
     R 46010 c0000000
     W 46010 40000000
     R 46010 00000000
     R 6c060 00000000
     W 46010 80000000
     R 46010 c0000000
     R 6c060 00000001`,
  );
});

test('each PLL has its lock bit in DPLL_STATUS, and only LCPLLs show it in their own register', () => {
  play(
    skylake(),
    `W 46014 80000000
     R 46014 c0000000
     W 46040 80000000
     R 46040 80000000
     W 46060 80000000
     R 6c060 01010100
     W 46040 00000000
     R 6c060 01000100`,
  );
});

test('Broadwell locks its LCPLL while bit 31 is clear, and acknowledges FCLK', () => {
  play(
    testCore(ROWS, {}, 'bdw'),
    `W 130040 00000000
     R 130040 40000000
     W 130040 00200000
     R 130040 40280000
     W 130040 80000000
     R 130040 80000000`,
  );
});

test('the pcode mailbox answers the commands that the recorded driver sends', () => {
  play(
    skylake(),
    `W 138128 00000003  core clock: prepare
     W 13812c 00000000
     W 138124 80000007
     R 138124 00000000
     R 138128 00000001
     W 138128 00000000  SAGV off
     W 138124 80000021
     R 138124 00000000
     R 138128 00000001
     W 138128 00000000  memory latencies
     W 138124 80000006
     R 138124 00000000
     R 138128 1e1a1100
     W 138128 00000001
     W 138124 80000006
     R 138128 61514b3d
     W 138128 00000000  eDRAM ratio, unknown here
     W 138124 8000001a
     R 138124 00000000
     R 138128 00000000`,
  );
});

test('RC6 voltage ids set bit 0 and keep the rest of the data', () => {
  const { r, w } = skylake();
  w(0x138128, 0x30);
  w(0x138124, 0x80000005);
  assert.equal(r(0x138128), 0x31);
});

test('Gen9 pcode commands leave the data alone on Broadwell', () => {
  const { r, w } = testCore(ROWS, {}, 'bdw');
  w(0x138128, 0x77);
  w(0x138124, 0x80000007);
  assert.equal(r(0x138128), 0x77);
  assert.equal(r(0x138124), 0);
});

test('the sideband keeps what was written and reads 0 elsewhere', () => {
  play(
    skylake(),
    `W c6000 20800000
     W c6004 0000abcd
     W c6008 00010701  write
     R c6008 00010700
     W c6000 20840000
     W c6008 00010607  read, with a failed response left over
     R c6008 00010600
     R c6004 00000000
     W c6000 20800000
     W c6008 00010601
     R c6004 0000abcd`,
  );
});

test('the sideband keeps 20 registers and drops what comes after', () => {
  const { r, w } = skylake();
  const access = (address: number, operation: number) => {
    w(0xc6000, address << 16);
    w(0xc6008, (operation << 8) | 1);
  };
  for (let address = 1; address <= 21; address++) {
    w(0xc6004, address);
    access(address, 7);
  }
  access(20, 6);
  assert.equal(r(0xc6004), 20);
  access(21, 6);
  assert.equal(r(0xc6004), 0);
});

test('forced VDD does not switch the panel on, the power bit does', () => {
  play(
    skylake(),
    `W c7204 00000008
     R c7200 00000000
     W c7204 00000009
     R c7200 80000008
     W c7204 00000008
     R c7200 00000000`,
  );
});

test('every force-wake request is acknowledged at its own register', () => {
  play(
    skylake(),
    `W a278 00010001
     R d84 00000001
     W a270 00020002
     R d88 00000002
     W a188 00010001
     R 130044 00000001
     W a188 00010000
     R 130044 00000000`,
  );
});

test('the data buffer, the south reset and self-clearing bits follow at once', () => {
  play(
    skylake(),
    `W 45008 80000000
     R 45008 c0000000
     W 45008 40000000
     R 45008 00000000
     W c2004 00001000
     R c2004 00003000
     W c2004 00002000
     R c2004 00000000
     W 907c 00000013
     R 907c 00000003
     W 42300 80000005
     R 42300 00000005`,
  );
});

test('a GuC reset shows once', () => {
  const { core, r, w } = skylake();
  resetGuc(core);
  w(0xc000, 0);
  assert.equal(r(0xc000), 1);
  assert.equal(r(0xc000), 0);
});

test('a GuC transfer is reported and never ends', () => {
  const { r, w, faults } = skylake();
  w(0xc314, 0);
  assert.equal(faults.length, 0);
  w(0xc314, 0x11);
  assert.equal(r(0xc314), 0x11);
  assert.deepEqual(
    faults.map((fault) => fault.check),
    ['guc-unsupported'],
  );
});
