import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createVgpu, defaultConfig } from '../../emulator/index.ts';
import { goldenFileOf } from '../support/golden-state.ts';
import { root } from '../support/source-files.ts';

const page = readFileSync(path.join(root, 'docs/capture.md'), 'utf8');
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, text = '']) => text);
const commands = blocks.flatMap((block) => block.split('\n').filter((line) => line !== ''));

/** What stands for the file that a command of the page makes: a genuine one of the samples, and the format it has. */
const MADE: Record<string, { sample: string; format: string }> = {
  'boot.mmiotrace': { sample: 'skl_vgpu.mmiotrace.gz', format: 'mmiotrace' },
  'boot.ftrace.txt': { sample: 'skl_vgpu.ftrace.txt.gz', format: 'ftrace' },
  'host.ftrace.txt': { sample: 'skl_kvmgt.ftrace.txt.gz', format: 'ftrace' },
  'qemu.log': { sample: 'skl_vgpu.same-run.qemu.trace.gz', format: 'qemu' },
  'clear.aub': { sample: 'skl_clr.aub.gz', format: 'aub' },
  'hang.error_state': { sample: 'skl_hang.error_state.txt', format: 'error-state' },
  'mmio_diff.txt': { sample: 'skl_l2mmt.mmio_diff.txt', format: 'mmio-diff' },
  'intel_reg.txt': { sample: 'skl_native.intel_reg_dump.txt', format: 'intel-reg' },
  'lspci.txt': { sample: 'skl_vgpu.lspci-nnvvvxxxx.txt', format: 'lspci' },
};

/** Logs of which the samples have none. */
const WRITTEN: Record<string, string> = {
  'vfio.log':
    '131@1795342296.958417:vfio_region_read  (11111111-2222-3333-4444-555555555555:region0+0x78000, 8) = 0x4776544776544776\n' +
    '131@1795342297.016458:vfio_region_write  (11111111-2222-3333-4444-555555555555:region0+0x2098, 0xffffffff, 4)\n',
  'device.log': 'gpio: region2: read 0 from (0:1)\ngpio: region2: wrote 0x1 to (0:1)\n',
};

/** There is no golden state of a real host: this one is of the model itself, in the format that GVT-g writes. */
const GOLDEN = 'skl.golden_hw_state';

/**
 * The stub device behind the first recording answers otherwise than the model; the dump is of another run; the golden
 * state is not of the host of its recording.
 */
const DIFFERS = new Set([
  'vgpu replay boot.mmiotrace',
  'vgpu replay boot.mmiotrace --against mmio_diff.txt --compare ignore',
  `vgpu replay host.ftrace.txt --device gvt-g --golden ${GOLDEN}`,
]);

const cli = path.join(root, 'cli/main.ts');
const own = commands.filter((command) => command.startsWith('vgpu '));

describe('docs/capture.md', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-capture-'));
  const vgpu = (args: readonly string[]) =>
    spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });

  before(() => {
    for (const [name, { sample }] of Object.entries(MADE))
      copyFileSync(path.join(root, 'samples', sample), path.join(folder, name));
    for (const [name, text] of Object.entries(WRITTEN))
      writeFileSync(path.join(folder, name), text);
    writeFileSync(path.join(folder, GOLDEN), goldenFileOf(createVgpu(defaultConfig())));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has commands that a shell can read', () => {
    for (const block of blocks) execFileSync('sh', ['-n'], { input: block });
    assert.ok(own.length > 15);
  });

  for (const command of own) {
    it(`${command} runs`, () => {
      const { status, stdout, stderr } = vgpu(command.split(' ').slice(1));
      assert.equal(status, DIFFERS.has(command) ? 1 : 0, stderr);
      assert.notEqual(stdout, '');
    });
  }

  const formats = Object.entries(MADE).map(([name, { format }]) => [name, format] as const);
  for (const [name, format] of [...formats, [GOLDEN, 'golden-state'] as const]) {
    it(`makes ${name}, which is read as ${format}`, () => {
      assert.ok(
        commands.some((command) => !command.startsWith('vgpu') && makes(command, name)),
        name,
      );
      const { stdout } = vgpu(['info', name, '--json']);
      assert.ok(stdout.includes(`"${format}"`), stdout.slice(0, 400));
    });
  }
});

function makes(command: string, name: string): boolean {
  return new RegExp(`(> (/tmp/)?|--output=|-D )${name.replaceAll('.', '\\.')}`).test(command);
}
