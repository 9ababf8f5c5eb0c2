/**
 * What a guest polls (gvt-facts §8), row by row, against the real tables: lines as recordings have them. Rows are
 * Skylake's unless they say otherwise.
 */
export interface PolledRow {
  readonly title: string;
  readonly bdw?: true;
  readonly lines: string;
}

export const POLLED_ROWS: readonly PolledRow[] = [
  {
    title:
      'force-wake of render, media and GT: the ack is the low half of what the mask let through',
    lines: `
      W a278 00010001
      R d84 00000001
      W a278 ffff8002
      R d84 00008002
      W a278 00020000
      R d84 00008000
      W a270 00010001
      R d88 00000001
      W a188 00010001
      R 130044 00000001
      R d84 00008000
      W a188 00010000
      R 130044 00000000`,
  },
  { title: 'force-wake is not 0xffffffff where nobody asked', lines: 'R a188 00000000' },
  {
    title: 'force-wake of Broadwell is 0xa188',
    bdw: true,
    lines: `
      W a188 00010001
      R 130044 00000001`,
  },
  {
    title: 'GTFIFOCTL and GTFIFODBG are plain',
    lines: `
      W 120008 0000003f
      R 120008 0000003f
      W 120000 12345678
      R 120000 12345678`,
  },
  {
    title: 'thread and core status are 0',
    lines: `
      R 13805c 00000000
      R 138060 00000000`,
  },
  {
    title: 'fuse status: download, PG0, PG1 and PG2 (bits 31, 27, 26, 25)',
    lines: 'R 42000 8e000000',
  },
  {
    title: 'power well: bits 31, 29, 9, 7, 5, 3, 1 are kept, and the state is the bit below',
    lines: `
      W 45404 ffffffff
      R 45404 f00003ff
      W 45404 5ffffd55
      R 45404 00000000`,
  },
  {
    title: 'power well of Broadwell: request 31, state 30',
    bdw: true,
    lines: `
      W 45400 80000000
      R 45400 c0000000
      W 45400 00000000
      R 45400 00000000
      W 45404 ffffffff
      R 45404 c0000000`,
  },
  {
    title:
      'power well of Broadwell: each of the four requesters switches it, and all see the state',
    bdw: true,
    lines: `
      W 4540c 80000000
      R 45400 40000000
      R 45404 40000000
      R 45408 40000000
      R 4540c c0000000
      W 45408 80000000
      W 4540c 00000000
      R 45400 40000000
      R 45408 c0000000
      R 4540c 40000000
      W 45408 00000000
      R 45400 00000000`,
  },
  {
    title: 'DBUF: request 31, state 30',
    lines: `
      W 45008 80000000
      R 45008 c0000000
      W 45008 00000000
      R 45008 00000000
      W 45008 40000001
      R 45008 00000001`,
  },
  {
    title: 'LCPLL of Broadwell: 31 disable, 30 lock; 21 FCLK, 19 done',
    bdw: true,
    lines: `
      W 130040 00000000
      R 130040 40000000
      W 130040 00200000
      R 130040 40280000
      W 130040 80200000
      R 130040 80280000
      W 130040 c0080000
      R 130040 80000000`,
  },
  {
    title: 'LCPLL1 and 2: enable 31, lock 30; DPLL_STATUS bits 0, 8, 16, 24',
    lines: `
      W 46010 00000000
      R 6c060 00000000
      W 46010 80000000
      R 46010 c0000000
      R 6c060 00000001
      W 46014 80000000
      R 46014 c0000000
      R 6c060 00000101
      W 46040 80000000
      R 6c060 00010101
      W 46060 80000000
      R 6c060 01010101
      W 46010 40000000
      R 46010 00000000
      R 6c060 01010100
      W 46014 00000000
      W 46060 00000000
      R 6c060 00010000`,
  },
  {
    title: 'DPLL_CTRL1 is preset for DPLL0 at 1620 MHz, and plain like DPLL_CTRL2',
    lines: `
      R 6c058 00000007
      W 6c058 00000249
      R 6c058 00000249
      W 6c05c 00a00000
      R 6c05c 00a00000`,
  },
  {
    title: 'CDCLK_CTL, DC_STATE, reset warning and chicken read back what was written',
    lines: `
      W 46000 08000544
      R 46000 08000544
      W 45504 00000003
      R 45504 00000003
      W 46408 00000010
      R 46408 00000010
      W 42080 80000000
      R 42080 80000000`,
  },
  {
    title: 'the mailbox: ready and the error byte are clear at once, for any command',
    lines: `
      W 138124 800000ff
      R 138124 00000000
      W 138124 80123410
      R 138124 00123400`,
  },
  {
    title: 'mailbox 6: memory latency by data 0',
    lines: `
      W 138128 00000000
      W 138124 80000006
      R 138128 1e1a1100
      W 138128 00000001
      W 138124 80000006
      R 138128 61514b3d
      W 138128 00000007
      W 138124 80000006
      R 138128 61514b3d`,
  },
  {
    title: 'mailbox 7: ready for the change of cdclk',
    lines: `
      W 138128 00000003
      W 138124 80000007
      R 138128 00000001`,
  },
  {
    title: 'mailbox 5: RC6 VIDs, data 0 |= 1',
    lines: `
      W 138128 000000f0
      W 138124 80000005
      R 138128 000000f1
      R 13812c 00000000`,
  },
  {
    title: 'mailbox 5 of Broadwell; it has no memory latency and no cdclk control',
    bdw: true,
    lines: `
      W 138128 000000f0
      W 138124 80000005
      R 138128 000000f1
      W 138124 80000006
      R 138128 000000f1
      W 138124 80000007
      R 138128 000000f1
      R 138124 00000000`,
  },
  {
    title: 'sideband: address 31:16; 0x07 writes, 0x06 reads; busy clear, response 2:1 success',
    lines: `
      W c6000 12340000
      W c6004 deadbeef
      W c6008 00000707
      R c6008 00000700
      W c6004 00000000
      W c6000 56780000
      W c6008 00000601
      R c6004 00000000
      W c6000 12340000
      W c6008 00000601
      R c6008 00000600
      R c6004 deadbeef`,
  },
  {
    title: 'panel power: control bit 0 gives status bit 31 | 8',
    lines: `
      R c7200 00000000
      W c7204 abcd0001
      R c7200 80000008
      W c7204 abcd0000
      R c7200 00000000`,
  },
  {
    title: 'DDI_BUF_CTL of each port: enable clears idle (7), else it is set',
    lines: ['64000', '64100', '64200', '64300', '64400']
      .map(
        (at) => `
      W ${at} 80000000
      R ${at} 80000000
      W ${at} 00000000
      R ${at} 00000080
      W ${at} 80000080
      R ${at} 80000000`,
      )
      .join(''),
  },
  {
    title:
      'DP_TP_CTL of each port: training field 2 sets status bit 25; of status A to D a 1 clears 27, 26, 24',
    lines: ['6404', '6414', '6424', '6434', '6444']
      .map(
        (at) => `
      W ${at}0 80000100
      R ${at}4 00000000
      W ${at}0 80000200
      R ${at}4 02000000
      W ${at}4 0f000000
      R ${at}4 ${at === '6444' ? '0f000000' : '02000000'}`,
      )
      .join(''),
  },
  {
    title: 'pipe config of each pipe and of eDP: enable 31, active 30',
    lines: ['70008', '71008', '72008', '7f008']
      .map(
        (at) => `
      W ${at} 80000000
      R ${at} c0000000
      W ${at} 40000000
      R ${at} 00000000`,
      )
      .join(''),
  },
  {
    title: 'PCH transcoder config: the same rule',
    lines: ['f0008', 'f1008']
      .map(
        (at) => `
      W ${at} 80000000
      R ${at} c0000000
      W ${at} 00000000
      R ${at} 00000000`,
      )
      .join(''),
  },
  {
    title: 'south chicken 2: reset request 12, status 13',
    lines: `
      W c2004 00001000
      R c2004 00003000
      W c2004 00000000
      R c2004 00000000`,
  },
  {
    title: 'ADPA of Broadwell: force trigger (16) clears itself',
    bdw: true,
    lines: `
      W e1100 80010000
      R e1100 80000000
      W e1100 00f4000c
      R e1100 00f4000c`,
  },
  {
    title: 'audio and FDI status that are constants',
    lines: `
      R e651c 00020000
      R e661c 00020000
      R e671c 00020000
      R e681c 00020000
      R e6c04 00000003
      R e6e1c 002f0000`,
  },
  {
    title: 'PSR IMR and IIR: any write stores 0',
    lines: `
      W 64834 ffffffff
      R 64834 00000000
      W 64838 ffffffff
      R 64838 00000000`,
  },
  {
    title: 'FPGA_DBG: bit 31 clears itself',
    lines: `
      W 42300 80000001
      R 42300 00000001`,
  },
  {
    title: 'GUC_STATUS: "MIA in reset" after a GuC reset, cleared by the next read',
    lines: `
      W 941c 00000020
      R 941c 00000000
      R c000 00000001
      R c000 00000000`,
  },
  {
    title: 'GuC DMA: start is never done',
    lines: `
      W c314 00000011
      R c314 00000011`,
  },
  {
    title: 'CPU_VGACNTRL keeps what was written',
    lines: `
      W 41000 80000000
      R 41000 80000000`,
  },
  {
    title: 'MBCTL: boot fetch (4) is clear after a write',
    lines: `
      W 907c 0000001f
      R 907c 0000000f`,
  },
  {
    title: 'TRTT: physical addresses are refused and not stored; off, or virtual, is taken',
    lines: `
      W 4df4 00000003
      R 4df4 00000003
      W 4df4 00000001
      R 4df4 00000003
      W 4df4 00000002
      R 4df4 00000002
      W 4df4 00000000
      R 4df4 00000000`,
  },
];
