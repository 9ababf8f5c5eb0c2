import { test } from 'node:test';
import { defaultConfig } from '../default-config.ts';
import type { RegisterRow } from '../mmio/register-row.ts';
import { play } from '../testing/play.ts';
import { testCore } from '../testing/test-core.ts';
import { testVgpu } from '../testing/test-vgpu.ts';

const ROWS: readonly RegisterRow[] = [
  { name: 'DDI_BUF_CTL_B', offset: 0x64100, onWrite: 'ddi-buffer' },
  { name: 'DP_TP_CTL_B', offset: 0x64140, count: 2, onWrite: 'dp-transport' },
  { name: 'PCH_TRANSACONF', offset: 0xf0008, onWrite: 'pch-transcoder-config' },
  { name: 'reg_0e651c', offset: 0xe651c, onRead: 'display-constant' },
  { name: 'reg_0e6c04', offset: 0xe6c04, onRead: 'display-constant' },
  { name: 'reg_0e6e1c', offset: 0xe6e1c, onRead: 'display-constant' },
];

test('§8 a DDI buffer is idle while it is disabled', () => {
  play(
    testCore(ROWS),
    `R 64100 00000000
     W 64100 80000000
     R 64100 80000000
     W 64100 00000000
     R 64100 00000080
     W 64100 80000080
     R 64100 80000000`,
  );
});

test('§8 the idle pattern is sent when it is asked for, and its status cannot be cleared', () => {
  play(
    testCore(ROWS),
    `W 64140 80000100
     R 64144 00000000
     W 64140 80000200
     R 64140 80000200
     R 64144 02000000
     W 64144 ffffffff
     R 64144 02000000`,
  );
});

test('§8 transport results are cleared by ones and set by nobody else', () => {
  const device = testCore(ROWS);
  device.core.registers.set(0x64144, 0x0f000000);
  play(
    device,
    `W 64144 01000003
     R 64144 0e000000
     W 64144 08000000
     R 64144 06000000`,
  );
});

test('§8 a PCH transcoder is active as soon as it is enabled', () => {
  play(
    testCore(ROWS),
    `W f0008 80000000
     R f0008 c0000000
     W f0008 00000000
     R f0008 00000000`,
  );
});

test('§8 constants do not depend on what was written', () => {
  play(
    testCore(ROWS),
    `W e651c ffffffff
     R e651c 00020000
     R e6c04 00000003
     R e6e1c 002f0000`,
  );
});

test('§8 ADPA of Broadwell: the force trigger clears itself', () => {
  play(
    testVgpu(defaultConfig('bdw')),
    `W e1100 80f10000
     R e1100 80f00000`,
  );
});

test('Broadwell’s link to the PCH trains itself once both ends are on', () => {
  play(
    testVgpu(defaultConfig('bdw')),
    `W f000c 80000400  receiver alone
     R 64444 00000000
     W 64440 80008100  transport: enabled, automatic, pattern 1
     W 64400 80000000  buffer
     W f000c 80000000  not automatic
     R 64444 00000000
     W f000c 80002400
     R 64444 00001000`,
  );
});
