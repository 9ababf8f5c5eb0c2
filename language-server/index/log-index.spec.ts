import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { Space } from '../../trace/index.ts';
import { TraceDocument } from '../document.ts';
import { touches } from './access.ts';
import { LogIndex } from './log-index.ts';
import type { TraceIndex } from './trace-index.ts';

/** What a log begins with, and lines of it, which change what other lines mean too. */
interface Kind {
  readonly name: string;
  readonly head: string;
  readonly lines: readonly string[];
}

const FTRACE = ' q-1 [000] .....';
const KINDS: readonly Kind[] = [
  {
    name: 'mmiotrace',
    head: 'VERSION 20070824\nPCIDEV 0010 80861912 a fd000004 0 e000000c 0 0 0 c0002 1000000 0 10000000 0 0 0 20000 \n',
    lines: [
      'R 4 11.808575 1 0xfd078010 0x1c 0x0 0',
      'W 4 12.808575 1 0xfd002030 0x40 0x0 0',
      'W 4 9.808575 1 0xdd002030 0x40 0x0 0',
      'MAP 11.796091 1 0xfd078000 0xffffd111c0055000 0x1000 0x0 0',
      'UNMAP 11.796091 1 0x0 0',
      'PCIDEV 0018 80861912 a dd000004 0 0 0 0 0 0 1000000 0 0 0 0 0 0',
      'MARK 13.168242 here',
    ],
  },
  {
    name: 'ftrace',
    head: `# tracer: nop\n${FTRACE} 1.000001: kvm_mmio: mmio read len 4 gpa 0xfd002030 val 0x0\n`,
    lines: [
      `${FTRACE} 1.000002: kvm_mmio: mmio read len 4 gpa 0xfd078000 val 0x76544776`,
      `${FTRACE} 1.000003: kvm_mmio: mmio write len 4 gpa 0xfd002230 val 0x8006119`,
      `${FTRACE} 1.000003: kvm_mmio: mmio write len 4 gpa 0xfd002230 val 0x8006119`,
      `${FTRACE} 0.000004: kvm_mmio: mmio unsatisfied-read len 4 gpa 0xfd002034 val 0x0`,
      `${FTRACE} 1.000005: gma_translate: VM1 ggtt ring 0 root_entry_type 0 gma 0x8007000 -> gpa 0x2127000`,
      `${FTRACE} 1.000006: gvt_command: vgpu1 ring 0: address_type 0, buf_type 0, ip_gma 0800b000,cmd (name=MI_NOOP,len=1,raw cmd={0x0}), workload=00000000662f4777`,
      `${FTRACE} 1.000007: inject_msi: vgpu2:inject msi address fee00000 data 26`,
      `${FTRACE} 1.000008: i915_reg_rw: write reg=0x2030, len=4, val=(0x40, 0x0)`,
      `${FTRACE} 1.000009: <stack trace>`,
      ' => some_function',
    ],
  },
  {
    name: 'qemu',
    head: 'vfio_region_read  (0000:00:02.0:region0+0x78000, 4) = 0x76544776\n',
    lines: [
      'vfio_region_write  (0000:00:02.0:region0+0x2030, 0x40, 4)',
      'vfio_region_read  (0000:00:03.0:region0+0x2030, 4) = 0x40',
      'vfio_region_write  (0000:00:03.0:region2+0x30, 0x40, 4)',
      'vfio_pci_read_config  (0000:00:02.0, @0x0, len=0x4) 0x19128086',
      'vfio_msi_interrupt  (0000:00:02.0) vector 0 0xfee00000/0x4026',
      "memory_region_ops_write cpu 0 mr 0x5581 addr 0xfd002030 value 0x1 size 4 name 'vga'",
    ],
  },
  {
    name: 'libvfio-user',
    head: 'region0: wrote 0x40 to (0x2030:4)\nregion0: read 0x1 from (0x2034:4)\n',
    lines: ['region0: wrote 0x1 to (0x44200:4)', 'region3: read 0x1 from (0x10:4)', 'vfu_run_ctx'],
  },
];

const anyEnd = fc.constantFrom('\n', '\r\n', '\r');
const anyCase = fc.constantFrom(...KINDS).chain(({ name, head, lines }) => {
  const anyLine = fc.constantFrom(...lines, 'nonsense', '');
  const anyText = fc
    .array(fc.tuple(anyLine, anyEnd), { maxLength: 12 })
    .map((parts) => head + parts.flat().join(''));
  const anyEdit = fc.record({
    line: fc.nat({ max: 14 }),
    lines: fc.nat({ max: 3 }),
    character: fc.nat({ max: 20 }),
    text: fc.oneof(
      anyLine,
      fc.tuple(anyLine, anyEnd).map((parts) => parts.join('')),
      fc.constantFrom('\n', '\r', 'x'),
    ),
    /** Turns of the event loop before it, in which the text is being read. */
    after: fc.nat({ max: 3 }),
    isRead: fc.boolean(),
  });
  return fc.record({
    name: fc.constant(name),
    text: anyText,
    edits: fc.array(anyEdit, { maxLength: 5 }),
    slice: fc.constantFrom(1, 50, 200, undefined),
  });
});

/** All that an index knows, as plain data. */
function stateOf(index: TraceIndex) {
  const { columns, device, tables, format, isDump } = index;
  const lines = Array.from({ length: columns.length }, (_, line) => columns.at(line));
  return { format, isDump, lines, device, tables: tables.id, problems: index.problems(1000) };
}

test('after edits a log has as many lines as its text, and read anew it is what it would be from the start', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ name, text, edits, slice }) => {
      const document = new TraceDocument('file:///x', 'vgpu-log', 1, text, slice);
      if (edits[0]?.isRead !== true) await document.ready();
      for (const { line, lines, character, text: added, after, isRead } of edits) {
        // Not waited for: edits come while the text is read.
        if (isRead) void document.upToDate();
        for (let turn = 0; turn < after; turn++) await setImmediate();
        const start = { line, character };
        const range = { start, end: { line: line + lines, character } };
        document.update([{ range, text: added }], document.version + 1);
        assert.equal(document.index.columns.length, document.lineCount);
      }
      await document.upToDate();
      const fresh = new TraceDocument('file:///x', 'vgpu-log', 1, document.getText());
      await fresh.ready();
      // What the text looks like is told when it is opened.
      if (fresh.format !== document.format) return;
      assert.deepEqual(stateOf(document.index), stateOf(fresh.index));
      if (document.format === name) seen.add(name);
    }),
    { numRuns: 600 },
  );
  assert.equal(seen.size, KINDS.length);
});

test('requests are answered while a log is read anew, from what is known of its lines', async () => {
  const [kind] = KINDS;
  const line = `${kind?.lines[1]}\n`;
  const text = `${kind?.head}${line.repeat(100)}`;
  const document = new TraceDocument('file:///x', 'vgpu-log', 1, text, 100);
  await document.ready();
  const at = { line: 50, character: 0 };
  document.update([{ range: { start: at, end: at }, text: line }], 2);
  let isRead = false;
  const reading = document.upToDate().then(() => {
    isRead = true;
  });
  await setImmediate();
  const index = await document.ready();
  assert.equal(isRead, false);
  assert.equal(index.columns.length, document.lineCount);
  assert.equal(index.columns.offset[90], 0x2030);
  assert.equal(index.columns.kind[50], 0);
  await reading;
  assert.equal(index.columns.offset[50], 0x2030);
});

for (const when of ['first', 'anew'] as const) {
  test(`a log that could not be read ${when} is read with the next request`, async () => {
    const [kind] = KINDS;
    const text = `${kind?.head}${kind?.lines[1]}\n`;
    const lines = text.split('\n');
    let broken = when === 'first';
    const index = new LogIndex(
      {
        lineCount: lines.length,
        line: (line) => lines[line] ?? '',
        lines: () => {
          if (broken) throw new Error('out of memory');
          return text;
        },
      },
      kind?.name,
    );
    if (when === 'anew') {
      await index.upToDate();
      index.edited(1, 1, 1);
      broken = true;
    }
    await assert.rejects(index.upToDate(), /out of memory/);
    // Told like any other while nothing is read.
    index.edited(1, 1, 1);
    await assert.rejects(index.upToDate(), /out of memory/);
    broken = false;
    await index.upToDate();
    assert.equal(index.columns.offset[lines.length - 2], 0x2030);
    assert.equal(index.readings, when === 'anew' ? 2 : 1);
  });
}

test('a 64-bit register of an error state lies where its halves are, and nowhere else', async () => {
  const state = readFileSync(new URL('../../samples/skl_hang.error_state.txt', import.meta.url));
  const document = new TraceDocument('untitled:state', 'vgpu-log', 1, state.toString('utf8'));
  const { columns } = await document.ready();
  const linesAt = (first: number) => {
    const place = { space: Space.mmio, first, end: first + 4 };
    const lines = Array.from({ length: columns.length }, (_, line) => line);
    return lines
      .filter((line) => touches(columns, line, place))
      .map((line) => document.line(line).trim().split(':')[0]);
  };
  const halves = [0x2074, 0x205c, 0x2140, 0x2168, 0x2078, 0x2060, 0x2270, 0x2274];
  const names = ['ACTHD', 'ACTHD', 'BBADDR', 'BBADDR', 'FADDR', 'FADDR', 'PDP0', 'PDP0'];
  assert.deepEqual(
    halves.map(linesAt),
    names.map((name) => [name]),
  );
});
