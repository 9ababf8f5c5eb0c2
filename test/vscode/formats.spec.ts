import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { madeFiles } from '../fuzz/made-files.ts';
import { root } from '../support/source-files.ts';
import { Debugging } from './support/debugging.ts';
import type { TreePath } from './support/tree-rows.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { VariablesView } from './support/variables-view.ts';

/** A file of each reader that no other spec opens; the records that a session stops at first, and steps to. */
const TRACES: readonly (readonly [name: string, entry: number, next: number])[] = [
  ['skl_clr.aub.gz', 1, 2],
  ['skl_vgpu.mmiotrace.gz', 2, 3],
  ['radeon.mmiotrace.gz', 2, 3],
  ['skl_kvmgt.ftrace.txt.gz', 14, 15],
  ['skl_vgpu.ftrace.txt.gz', 1, 2],
  ['skl_vgpu.same-run.qemu.trace.gz', 1, 2],
  ['vfio.qemu.log', 0, 1],
  ['made.libvfio-user.log', 0, 4],
];

/** Of the dumps: a value that they show, and where. */
const DUMPS: readonly (readonly [name: string, ...path: TreePath])[] = [
  ['skl_l2mmt.mmio_diff.txt', 'Dump', 'GPU', '0x2030 =0x000000d8 — host: 0x000002a0'],
  ['skl_native.intel_reg_dump.txt', 'Dump', 'GPU', 'TRANS_CLK_SEL_A =None'],
  ['skl_vgpu.lspci-nnvvvxxxx.txt', 'Dump', 'GPU', /^00:00\.0 =Host bridge/],
  ['made.golden_hw_state', 'Dump', 'GPU', 'registers =32768 bytes, from byte 4144 on'],
];

/** Of the guest's accesses to a device of the host, as QEMU's vfio_region_* events show them. */
const VFIO_LOG = [
  '1@1.000000:vfio_region_write  (0000:00:02.0:region0+0x2030, 0x40, 4)',
  '1@1.000100:vfio_region_read  (0000:00:02.0:region0+0x2030, 4) = 0x40',
  '1@1.000200:vfio_region_write  (0000:00:02.0:region0+0x2034, 0x40, 4)',
  '',
].join('\n');

const NAMES = [...TRACES, ...DUMPS].map(([name]) => name);

/** A folder with all of them, and a configuration for each. */
function workspace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-'));
  writeFileSync(path.join(folder, 'vfio.qemu.log'), VFIO_LOG);
  for (const { name, bytes } of madeFiles()) writeFileSync(path.join(folder, name), bytes);
  const made = ['vfio.qemu.log', ...madeFiles().map(({ name }) => name)];
  for (const name of NAMES.filter((each) => !made.includes(each)))
    copyFileSync(path.join(root, 'samples', name), path.join(folder, name));
  const configurations = NAMES.map((name) => ({
    type: 'vgpu',
    request: 'launch',
    name,
    trace: name,
  }));
  mkdirSync(path.join(folder, '.vscode'));
  const text = JSON.stringify({ version: '0.2.0', configurations }, undefined, 2);
  writeFileSync(path.join(folder, '.vscode/launch.json'), text);
  return folder;
}

describe('a file of every format', () => {
  const folder = workspace();
  const vscode = useWorkbench('formats', { folder });
  const debug = () => new Debugging(vscode());
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => debug().end());

  for (const [name, entry, next] of TRACES) {
    it(`${name} is stepped, there and back`, async () => {
      await debug().startNamed(name);
      await debug().stoppedAt(entry);
      await debug().go('Step Over', next);
      await debug().go('Step Back', entry);
    });
  }

  for (const [name, ...row] of DUMPS) {
    it(`${name} stands at its moment, with its values`, async () => {
      await debug().startNamed(name);
      await debug().frame('the captured moment').waitFor();
      await new VariablesView(vscode()).reveal(...row);
    });
  }
});
