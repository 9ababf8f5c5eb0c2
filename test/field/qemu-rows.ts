import type { Explained, FieldRow, Value } from './field-row.ts';

/** A log of memory_region_ops_*, and which of its regions lie in the BAR that it is about. */
interface Log {
  readonly file: string;
  readonly inside: string;
  readonly hasOthers?: boolean;
  readonly value: Value;
}

const OTHERS: Explained = {
  says: /^\d+ accesses are to other regions, .*: shown, not replayed; the trace is about/,
  because: 'the log was recorded of the whole machine',
};

/** The first access to a region is preceded by a note with its name. */
const REGIONS = {
  awk: '{ if (!($5 in seen)) { seen[$5] = 1; count++ } } END { print count + 0 }',
};

const EVENT = '^[0-9]+@[0-9.]+:memory_region_ops_';

function shown(ask: string, address: string): Value {
  return {
    ask,
    last: new RegExp(`ops_(?:read|write) .* addr ${address} value (0x[0-9a-f]+) `, 'g'),
  };
}

const BOCHS = 'edid|bochs dispi interface|qemu extended regs|bochs-display-mmio';

const LOGS: readonly Log[] = [
  {
    file: 'linux64/skl_native.same-run.qemu.trace.gz',
    inside: 'igd-gttmmadr',
    value: shown('mmio[0x20a8]', '0xfd0020a8'),
  },
  {
    file: 'linux64/skl_vgpu.same-run.qemu.trace.gz',
    inside: 'igd-gttmmadr',
    value: shown('mmio[0x20a8]', '0xfd0020a8'),
  },
  {
    file: 'mmiotrace/bochs.same-run.qemu.trace.gz',
    inside: BOCHS,
    hasOthers: true,
    value: shown('mmio[0x0604]', '0xfebf8604'),
  },
  {
    file: 'qemu/bochs.full.trace.gz',
    inside: BOCHS,
    hasOthers: true,
    value: shown('mmio[0x0604]', '0xfebf8604'),
  },
  {
    file: 'qemu/bochs.gpu.trace.gz',
    inside: BOCHS,
    hasOthers: true,
    value: shown('mmio[0x0604]', '0xfebf8604'),
  },
  {
    file: 'qemu/ati.gpu.trace.gz',
    inside: 'ati.mmregs',
    hasOthers: true,
    value: shown('mmio[0x0068]', '0xfebf0068'),
  },
  {
    file: 'qemu/virtiovga.gpu.trace.gz',
    inside: 'virtio-pci-(common|isr|device|notify)-virtio-gpu',
    hasOthers: true,
    value: shown('mmio[0x1020]', '0xfe801020'),
  },
];

const OPS_ROWS = LOGS.map(({ file, inside, hasOthers = false, value }): FieldRow => {
  const region = `name '(${inside})'$`;
  const others = { unknownAccess: { lines: EVENT, except: region } };
  return {
    file,
    format: 'qemu',
    counts: {
      read: `${EVENT}read .* ${region}`,
      write: `${EVENT}write .* ${region}`,
      note: REGIONS,
      ...(hasOthers ? others : {}),
    },
    ...(hasOthers ? { explained: [OTHERS] } : {}),
    value,
  };
});

const VFIO_READ = 'vfio_(region_read|pci_read_config) ';
const VFIO_WRITE = 'vfio_(region_write|pci_write_config) ';
/** One event has two lines. */
const SECOND_LINE = '^  size: 0x';

/** Two functions of one card, of which neither looks more like a GPU than the other. */
function resets(device: string, other: string): FieldRow {
  const access = (kind: string) => `^vfio_pci_${kind}_config +\\(${device},`;
  return {
    file: 'other/vfio_hot_reset_qemu_trace.txt',
    format: 'qemu',
    launch: { device, model: 'recorded' },
    counts: {
      read: access('read'),
      write: access('write'),
      unknownAccess: `^vfio_pci_(read|write)_config +\\(${other},`,
      note: '^vfio_(intx|region_mmaps|pci_hot_reset|pci_reset)',
    },
    explained: [
      {
        says: new RegExp(`^12 accesses to ${other} are shown from .*about ${device} \\(to choose`),
        because: 'a session is about one of the two functions that the log shows',
      },
    ],
    value: {
      ask: ['Config', 'COMMAND'],
      last: new RegExp(`write_config +\\(${device}, @0x4, (0x[0-9a-f]+), len=0x2\\)`, 'g'),
    },
  };
}

export const QEMU_ROWS: readonly FieldRow[] = [
  ...OPS_ROWS,
  {
    file: 'gvt/skl_l2mmt.qemu-vfio.trace.gz',
    format: 'qemu',
    counts: {
      read: `:${VFIO_READ}`,
      write: `:${VFIO_WRITE}`,
      note: ':vfio_(get|intx|listener|mdev|msi|pci_reset|populate|realize|region_(mmap|setup|sparse))',
    },
    silent: SECOND_LINE,
    value: {
      ask: 'mmio[0x20a8]',
      last: /region0\+0x20a8, (0x[0-9a-f]+), 4/g,
    },
  },
  resets('0000:81:00.0', '0000:81:00.1'),
  resets('0000:81:00.1', '0000:81:00.0'),
];
