import type { FieldRow, Value } from './field-row.ts';

const IMR: Value = { ask: 'mmio[0x20a8]', last: /^W 4 0020a8 ([0-9a-f]{8})/gm };
/** A driver that is unloaded resets all registers, but not the GGTT. */
const ENTRY: Value = { ask: 'mmio[0x9bfff8]', last: /^W 4 9bfff8 ([0-9a-f]{8})/gm };

/** Recordings of i915: one record a line, by the word that it begins with. */
const RECORDING_ROWS: readonly FieldRow[] = [
  'skl-hang-reset-errorstate',
  'skl-mesa-kmscube',
  'skl-modeset-fbcon-gem',
  'skl-modeset-stacks',
  'skl-probe-gem-unload',
].map((name) => ({
  file: `i915/${name}.txt.gz`,
  format: 'vgpu',
  counts: {
    read: '^[AC]?R ',
    write: '^[AC]?W ',
    memory: '^M ',
    interrupt: '^IRQ ',
    command: '^CMD ',
    commandWrite: '^CSW ',
    deviceWrite: '^DW ',
    note: '^# ',
  },
  silent: '^(##|T )',
  value: name.endsWith('unload') ? ENTRY : IMR,
}));

const EVENT = '^ *[^ ]+-[0-9]+ +\\[[0-9]+\\] [^ ]+ +[0-9]+\\.[0-9]+: ';
/** Some events of GVT-g's end in a line end of their own. */
const COMMENT = '^#|^$';
const GVT_NOTES =
  '(spt_refcount|spt_change|spt_guest_change|spt_alloc|spt_free|write_ir|render_mmio|' +
  'propagate_event|kvm_msi_set_irq|gma_translate|gma_index|tracing_mark_write): ';
/** What GVT-g read of the guest's tables, images and commands. */
const SHOWN = { some: 'put together of the events behind a submission' };

const I915_FTRACE_ROWS: readonly FieldRow[] = ['bdw_vgpu', 'skl_vgpu'].map((name) => ({
  file: `linux64/${name}.ftrace.txt.gz`,
  format: 'ftrace',
  counts: {
    read: `${EVENT}i915_reg_rw: read `,
    write: `${EVENT}i915_reg_rw: write `,
    note: `${EVENT}(i915_(vma|gem|request|ppgtt)|tracing_mark)`,
  },
  silent: COMMENT,
  value: {
    ask: 'mmio[0x20a8]',
    last: /i915_reg_rw: write reg=0x20a8, len=4, val=\((0x[0-9a-f]+),/g,
  },
}));

const FTRACE_ROWS: readonly FieldRow[] = [
  ...I915_FTRACE_ROWS,
  {
    file: 'gvt/skl_l2mmt.gvt+kvm_mmio_vgpu.ftrace.txt.gz',
    format: 'ftrace',
    counts: {
      read: `${EVENT}kvm_mmio: mmio read `,
      write: `${EVENT}kvm_mmio: mmio write `,
      interrupt: `${EVENT}inject_msi: `,
      command: `${EVENT}gvt_command: `,
      note: `${EVENT}${GVT_NOTES}`,
      memory: SHOWN,
    },
    // A read that was answered comes once more, with its answer.
    silent: `${COMMENT}|${EVENT}kvm_mmio: mmio unsatisfied-read `,
    value: { ask: 'mmio[0x20a8]', last: /mmio write len 4 gpa 0xfd0020a8 val (0x[0-9a-f]+)/g },
  },
  {
    file: 'gvt/skl_l2mmt.gvt_only.ftrace.txt.gz',
    format: 'ftrace',
    counts: {
      interrupt: `${EVENT}inject_msi: `,
      command: `${EVENT}gvt_command: `,
      note: `${EVENT}${GVT_NOTES}`,
      memory: SHOWN,
    },
    silent: COMMENT,
    value: { because: 'accesses of the guest were not recorded' },
  },
];

/** Walks through an AUB file's packets, of which each begins with its kind and its length (Mesa's aub_write.c). */
function ofPackets(body: string, end: string): { readonly awkOfWords: string } {
  const program = `
    left == 0 { kind = int($1 / 65536) % 8192; left = $1 % 65536 + 1; at = 0 }
    { word[at] = $1; at++; left--
      if (kind == 5894 && at == 5) {
        if (int(word[3] / 268435456) == 4) entries += word[4] / 8
        else pages += int((word[1] % 4096 + word[4] + 4095) / 4096)
      }
      if (left == 0) { ${body} } }
    END { print ${end} }`;
  return { awkOfWords: program };
}

/** Kinds of packets: opcode 0x2e, sub-opcodes 3 (register written) and 2 (register polled). */
const REGISTER = 5891;
const POLL = 5890;
const POLLS = ofPackets(`polls += kind == ${POLL}`, 'polls + 1');

/** Command streams. A note and the read of PVINFO stand for whoever plays the file; each poll has both. */
const AUB_ROWS: readonly FieldRow[] = ['bdw_t2', 'kbl_t_small1', 'skl_clr', 'skl_t2'].map(
  (name) => ({
    file: `aub/${name}.aub.gz`,
    format: 'aub',
    counts: {
      memory: ofPackets('', 'pages'),
      write: ofPackets(`registers += kind == ${REGISTER}`, 'registers + entries'),
      read: POLLS,
      note: POLLS,
    },
    value: {
      ask: 'mmio[0x2080]',
      last: ofPackets(`if (kind == ${REGISTER} && word[1] == 8320) value = word[5]`, 'value'),
    },
  }),
);

/** Of lines that are counted as something else, too. */
function linesOf(pattern: string): { readonly awk: string } {
  return { awk: `/${pattern}/ { count++ } END { print count + 0 }` };
}

/** Lines of an error state: a value, a heading, or a sentence; buffers have a line before them and lines of contents. */
const DUMP_ROWS: readonly FieldRow[] = [
  {
    file: 'linux64/skl_hang.error_state.txt',
    format: 'error-state',
    counts: {
      buffers: '^[a-z]+[0-9] --- .* = 0x',
      facts: {
        lines: '^[ \t]*[A-Za-z][][A-Za-z0-9_ ()?.-]*(:|=| = |[?] )',
        except: '^[a-z]+[0-9] --- ',
      },
      registers: linesOf(
        '^(IER|EIR|DERRMR|PGTBL_ER|GTIER[[][0-3][]]|FORCEWAKE|ERROR|DONE_REG|FAULT_TLB_DATA|GTT_CACHE_EN): 0x|' +
          '^  fence|^  [A-Z_0-9 ]+([[][0-9][]])*: +0x',
      ),
    },
    silent: '^:',
    value: { ask: 'RCS0.RING_TAIL', last: /^ {2}TAIL: +(0x[0-9a-f]+)/gm },
  },
  {
    file: 'other/i915-error-state-linux3.8-gen5.txt.gz',
    format: 'error-state',
    counts: {
      buffers: '^(render|bsd) ring --- (gtt_offset|ringbuffer) = ',
      facts:
        '^ *[A-Za-z]([][A-Za-z0-9_ ]|->)*(:| = )|^  [0-9a-f]{8} +[0-9]+ |^  seqno |--- [0-9]+ requests$',
      registers: linesOf(
        '^(PGTBL_ER|EIR|DERRMR|IER|FORCEWAKE): |' +
          '^  (fence|INSTDONE|HEAD|TAIL|CTL|ACTHD|IPEIR|IPEHR|BBADDR|INSTPS|INSTPM|FADDR)',
      ),
    },
    silent: '^[0-9a-f]+ : ',
    value: {
      ask: ['Dump', 'rcs0', 'BBADDR'],
      last: /^ {2}BBADDR: (0x[0-9a-f]+)$/gm,
    },
  },
  {
    file: 'gvt/skl_l2mmt.mmio_diff.txt',
    format: 'mmio-diff',
    counts: {
      registers: '^[0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{8} [0-9,-]+$',
      // The last line has both sums.
      facts: { awk: '/^Total: [0-9]+, Diff: [0-9]+$/ { count += 2 } END { print count }' },
    },
    silent: '^(Offset|Total)',
    value: { ask: 'mmio[0x2074]', last: /^00002074 [0-9a-f]{8} ([0-9a-f]{8}) /gm },
  },
  {
    file: 'linux64/skl_native.intel_reg_dump.txt',
    format: 'intel-reg',
    counts: {
      registers: '\\(0x[0-9a-f]{8}\\): 0x[0-9a-f]{8}',
      facts: linesOf(': 0x[0-9a-f]+ [(].*[)]$'),
    },
    value: { ask: 'mmio[0x44304]', last: /\(0x00044304\): (0x[0-9a-f]{8})/g },
  },
  ...['linux64/skl_vgpu.lspci-nnvvvxxxx.txt', 'other/haswell_0416_lspci-vvvxxxx.txt'].map(
    (file) => ({
      file,
      format: 'lspci',
      counts: {
        facts: '^[0-9a-f]{2}:[0-9a-f]{2}[.][0-7] ',
        config: {
          awk: '/^..:..[.]/ { gpu = /VGA/ } gpu && /^[0-9a-f]0: / { count += 16 } END { print count }',
        },
      },
      // Decoded for people, of the bytes below; and these.
      silent: '^\t|^$|^[0-9a-f]0: ',
      value: { ask: ['Config', 'REVISION_ID'], last: /^00:02\.0 .*\(rev ([0-9a-f]{2})\)/gm },
    }),
  ),
];

export const OTHER_ROWS: readonly FieldRow[] = [
  ...RECORDING_ROWS,
  ...FTRACE_ROWS,
  ...AUB_ROWS,
  ...DUMP_ROWS,
];
