import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from '../support/source-files.ts';

/** What a dump says: for each signal its values with their times; scopes and names in the order of definition. */
type Waves = ReadonlyMap<string, readonly string[]>;

describe('value changes, read by GTKWave’s own programs', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-waveforms-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });

  function written(sample: string): string {
    run(process.execPath, path.join(root, 'cli/main.ts'), 'convert', sampleFile(sample), 'a.vcd');
    return readFileSync(path.join(folder, 'a.vcd'), 'utf8');
  }

  /** Through GTKWave's reader into its own format, and out again by its writer. */
  function throughGtkwave(dump: string): string {
    writeFileSync(path.join(folder, 'b.vcd'), dump);
    run('vcd2fst', 'b.vcd', 'b.fst');
    return run('fst2vcd', 'b.fst');
  }

  for (const sample of ['first-steps.vgpu', 'guest-gem-stacks.vgpu.gz']) {
    it(`${sample}: each signal has the values and times that were written`, () => {
      const dump = written(sample);
      const ours = wavesOf(dump);
      const theirs = wavesOf(throughGtkwave(dump));
      assert.ok(ours.size > 5, `${ours.size} signals`);
      assert.deepEqual([...theirs.keys()].sort(), [...ours.keys()].sort());
      for (const [name, values] of ours) assert.deepEqual(theirs.get(name), values, name);
    });
  }

  it('a value that was changed is seen', () => {
    const dump = written('first-steps.vgpu');
    const other = throughGtkwave(dump.replace(/^b1000000 /m, 'b1000001 '));
    assert.notDeepEqual(wavesOf(other), wavesOf(dump));
  });
});

function sampleFile(name: string): string {
  return path.join(root, 'samples', name);
}

/** What is said twice of the same time counts once. */
function wavesOf(dump: string): Waves {
  const [head = '', body = ''] = dump.split(/\$enddefinitions\s+\$end\n/);
  const names = new Map<string, string>();
  const waves = new Map<string, string[]>();
  let scope = '';
  for (const [, module, id, name] of head.matchAll(
    /\$scope module (\S+)|\$var \w+ \d+ (\S+) (\S+)/g,
  )) {
    if (module !== undefined) scope = module;
    if (id === undefined) continue;
    names.set(id, `${scope}.${name}`);
    waves.set(`${scope}.${name}`, []);
  }
  let time = '';
  for (const line of body.split('\n')) {
    if (line.startsWith('#')) {
      time = line;
      continue;
    }
    const [bits, id] = change(line);
    const wave = waves.get(names.get(id) ?? '');
    // An event has no value before it happens.
    if (wave === undefined || bits === 'x') continue;
    const entry = `${time} ${bits}`;
    if (wave.at(-1) !== entry) wave.push(entry);
  }
  return waves;
}

/** `b101 id`, or `1id`; leading zeros say nothing. */
function change(line: string): readonly [string, string] {
  const vector = /^b(\S+) (\S+)$/.exec(line);
  const [bits = '', id = ''] =
    vector === null ? [line.slice(0, 1), line.slice(1)] : vector.slice(1);
  return [bits.replace(/^0+(?=.)/, ''), id];
}
