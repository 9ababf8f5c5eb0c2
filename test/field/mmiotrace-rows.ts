import type { Explained, FieldRow, Value } from './field-row.ts';

/** Places of a log of mmiotrace, as its lines of PCIDEV say: addresses of the device's BARs, all others. */
interface Log {
  readonly file: string;
  readonly inside: string;
  readonly outside?: string;
  readonly explained?: readonly Explained[];
  readonly value: FieldRow['value'];
}

const INTEL = '0xfd[0-9a-f]{6} |0xe[0-9a-f]{7} ';
const OPTION_ROM = '0xc[0-9a-f]{4} ';

const ROM: Explained = {
  says: /^\d+ accesses lie outside the BARs of 00:02\.0 \(the first, at 0xc0000, here\)/,
  because: 'the driver looks for a video BIOS, at the address of the old VGA ROM',
};
const FOREIGN: Explained = {
  says: /^The log is about \w\w:\w\w\.\d \(\w+:\w+\), which is no Intel GPU: BAR\d is taken/,
  because: 'which BAR of an unknown device has its registers cannot be told for certain',
};

function written(ask: string, address: string): Value {
  return { ask, last: new RegExp(`^W \\d \\S+ \\d+ ${address} (0x[0-9a-f]+) `, 'gm') };
}

const IMR = written('mmio[0x20a8]', '0xfd0020a8');

const LOGS: readonly Log[] = [
  {
    file: 'gvt/skl_l2mmt.guest.mmiotrace.gz',
    inside: INTEL,
    outside: OPTION_ROM,
    explained: [ROM],
    value: IMR,
  },
  {
    file: 'linux64/bdw_vgpu.mmiotrace.gz',
    inside: INTEL,
    outside: OPTION_ROM,
    explained: [ROM],
    value: IMR,
  },
  {
    file: 'linux64/skl_native.mmiotrace.gz',
    inside: INTEL,
    outside: OPTION_ROM,
    explained: [ROM],
    value: IMR,
  },
  {
    file: 'linux64/skl_vgpu.mmiotrace.gz',
    inside: INTEL,
    outside: OPTION_ROM,
    explained: [ROM],
    value: IMR,
  },
  {
    file: 'mmiotrace/bochs.mmiotrace.gz',
    inside: '0xfebf8[0-9a-f]{3} ',
    explained: [FOREIGN],
    value: written('mmio[0x0604]', '0xfebf8604'),
  },
  {
    file: 'mmiotrace/qxl.mmiotrace.gz',
    inside: '0xfc01[01][0-9a-f]{3} |0xf[4-7][0-9a-f]{6} ',
    explained: [FOREIGN],
    value: {
      ask: 'mmio[0x002c]',
      last: /^R 4 \S+ \d+ 0xfc01002c (0x[0-9a-f]+) /gm,
    },
  },
  {
    file: 'mmiotrace/radeon.mmiotrace.gz',
    inside: '0xfebf[0-3][0-9a-f]{3} |0xfd[0-9a-f]{6} ',
    outside: OPTION_ROM,
    explained: [FOREIGN, ROM],
    value: written('mmio[0x03f8]', '0xfebf03f8'),
  },
  {
    file: 'mmiotrace/virtiogpu.mmiotrace.gz',
    inside: '0xfebf0[0-9a-f]{3} ',
    explained: [FOREIGN],
    value: written('mmio[0x0020]', '0xfebf0020'),
  },
  {
    file: 'other/kleist_ipu4_apollolake_excerpt.txt',
    inside: '0x90[0-9a-f]{6} ',
    value: written('mmio[0x0108]', '0x90000108'),
  },
  {
    file: 'other/vgpu_unlock_issue6_rtx3080_excerpt.txt',
    inside: '0xfa[0-9a-f]{6} ',
    explained: [FOREIGN],
    value: { because: 'the excerpt ends before the first access' },
  },
];

/** Logs of Linux's mmiotrace: PREFIX WIDTH TIME MAP ADDRESS VALUE … */
export const MMIOTRACE_ROWS: readonly FieldRow[] = LOGS.map(
  ({ file, inside, outside, explained, value }) => ({
    file,
    format: 'mmiotrace',
    counts: {
      read: `^R [1248] [0-9.]+ [0-9]+ (${inside})`,
      write: `^W [1248] [0-9.]+ [0-9]+ (${inside})`,
      unknownAccess: `^UNKNOWN ${outside === undefined ? '' : `|^[RW] [1248] [0-9.]+ [0-9]+ ${outside}`}`,
      mapping: '^(UN)?MAP ',
      note: '^MARK ',
    },
    silent: '^(VERSION|PCIDEV) ',
    ...(explained === undefined ? {} : { explained }),
    value,
  }),
);
