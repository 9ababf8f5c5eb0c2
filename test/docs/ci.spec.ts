import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { root } from '../support/source-files.ts';

// The package has no types of its own.
const yaml: { load(text: string): unknown } = createRequire(import.meta.url)('js-yaml');

const page = readFileSync(path.join(root, 'docs/ci.md'), 'utf8');
const [workflow = '', job = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(
  ([, text = '']) => text,
);

function problemsOf(text: string, schema: string): unknown {
  const file = path.join(import.meta.dirname, 'schemas', `${schema}.json`);
  const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(
    JSON.parse(readFileSync(file, 'utf8')),
  );
  return validate(yaml.load(text)) ? [] : validate.errors;
}

function vgpu(args: readonly string[]): string {
  return execFileSync(process.execPath, [path.join(root, 'cli/main.ts'), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
}

describe('docs/ci.md', () => {
  it('has a workflow that GitHub understands', () => {
    assert.deepEqual(problemsOf(workflow, 'github-workflow'), []);
    assert.notDeepEqual(problemsOf(workflow.replace('runs-on', 'run-on'), 'github-workflow'), []);
    assert.notDeepEqual(problemsOf(workflow.replace('uses:', 'use:'), 'github-workflow'), []);
  });

  it('has a Job that Kubernetes understands', () => {
    assert.deepEqual(problemsOf(job, 'kubernetes-job'), []);
    assert.notDeepEqual(problemsOf(job.replace('Indexed', 'Index'), 'kubernetes-job'), []);
    assert.notDeepEqual(problemsOf(job.replace('value: "1"', 'value: 1'), 'kubernetes-job'), []);
  });

  it('gives all parts of a matrix and of a Job to somebody', () => {
    assert.match(workflow, /shard: \[1, 2, 3, 4\]/);
    assert.match(workflow, /--shard \$\{\{ matrix\.shard \}\}\/4/);
    const completions = /completions: (\d+)/.exec(job)?.[1];
    assert.ok(job.includes(`--shard $((JOB_COMPLETION_INDEX + 1))/${completions}`));
  });

  it('names options that there are', () => {
    const help = vgpu(['test', '--help']);
    for (const [, option = ''] of page.matchAll(/vgpu test.*?(--[a-z]+)/g))
      assert.ok(help.includes(`${option} `), option);
  });
});

describe('the scenarios among the samples', () => {
  it('pass, all of them', () => {
    const files = readdirSync(path.join(root, 'samples/scenarios'));
    const out = vgpu(['test', 'samples']);
    for (const file of files) assert.match(out, new RegExp(`^✔ samples/scenarios/${file} `, 'm'));
    assert.ok(files.length >= 5);
    assert.match(out, /^\d+ passed, 0 failed\n$/m);
  });
});
