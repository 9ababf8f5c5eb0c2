import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHECKS } from '../emulator/index.ts';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';

const TEXT = '## platform: skl\nT 0.5\nW64 ggtt[0] 0x1\nR32 0x2098\nW64 ggtt[0x1000] 0x1\n';

describe('vgpu check', () => {
  it('tells each fault with its line, moment, rule and access', async () => {
    const { status, out } = await runCli(['check', '-'], TEXT);
    assert.equal(status, 1);
    assert.match(
      out,
      /^ggtt-write-out-of-range: A GGTT entry outside .* \(gvt-facts §5\.3, §5\.5\), 2 times$/m,
    );
    assert.match(out, /^ {2}line 3 \(record 0, 0\.500000 s\): write of ggtt\[0x0\]/m);
    assert.match(out, /^ {4}at W64 ggtt\[0x00000000\] 0x0000000000000001$/m);
    assert.match(out, /1 rule broken, 2 faults\n$/);
  });

  it('prints the same as JSON', async () => {
    const report = jsonOf(await runCli(['check', '-', '--json'], TEXT));
    assert.equal(report['count'], 2);
    assert.ok(Array.isArray(report['faults']));
    const [, second] = report['faults'];
    assert.equal(second.line, 5);
    assert.deepEqual(second.moment, { record: 2, event: 0 });
  });

  it('succeeds where no rule is broken, or none that is asked for', async () => {
    const good = await runCli(['check', sample('first-steps.vgpu')]);
    assert.equal(good.status, 0);
    assert.match(good.out, /no rule is broken\n$/);
    assert.equal((await runCli(['check', '-', '--ignore', 'ggtt-*'], TEXT)).status, 0);
    assert.equal((await runCli(['check', '-', '--only', 'failsafe-*'], TEXT)).status, 0);
    assert.equal((await runCli(['check', '-', '--only', 'ggtt-*'], TEXT)).status, 1);
  });

  it('lists its rules as JSON, too', async () => {
    const { rules } = jsonOf(await runCli(['check', '--rules', '--json']));
    assert.ok(Array.isArray(rules));
    assert.deepEqual(
      rules,
      CHECKS.map(({ id, on, title }) => ({ id, on, title })),
    );
  });

  it('lists its rules, and knows no others', async () => {
    const { status, out } = await runCli(['check', '--rules']);
    assert.equal(status, 0);
    assert.match(out, /^ggtt-write-out-of-range +A GGTT entry/m);
    const wrong = await runCli(['check', '-', '--only', 'gtt-*'], TEXT);
    assert.equal(wrong.status, 2);
    assert.match(wrong.err, /no rule is called gtt-\*; vgpu check --rules lists them/);
    assert.equal((await runCli(['check'])).status, 2);
  });

  it('names the driver function and the command where they are known', async () => {
    const { out } = await runCli(['check', sample('skl-modeset-stacks.vgpu.gz'), '--only', '*']);
    assert.match(out, /called by execlists_submission_tasklet < /);
    assert.match(out, /\(record 231287\+1, /);
  });
});
