import assert from 'node:assert/strict';
import path from 'node:path';
import { describe } from 'node:test';
import { fieldFiles, fieldTest } from '../../trace/testing/field-traces.ts';
import { AdapterClient } from './adapter-client.ts';
import { resume, resumeBack, topFrame } from './first-steps.ts';

/** Folders of `shared/traces`, and what in them is no trace: dumps of one moment, decoders' texts, pictures. */
const FOLDERS = ['aub', 'gvt', 'i915', 'linux64', 'mmiotrace', 'other', 'qemu'];
const NO_TRACE =
  /\.png$|mmio_diff|error|intel_reg|lspci|^(bdw|kbl|skl)_(t2|t_small1|clr)\.txt\.gz$/;

describe('traces from the field', () => {
  for (const file of FOLDERS.flatMap(fieldFiles)) {
    const name = path.basename(file);
    if (!NO_TRACE.test(name))
      fieldTest(`${name} opens and is stepped, there and back`, () => step(file));
  }
  fieldTest('they are there', () => {
    assert.ok(
      FOLDERS.flatMap(fieldFiles).filter((file) => !NO_TRACE.test(path.basename(file))).length >=
        20,
    );
  });
});

async function step(file: string): Promise<void> {
  const client = await AdapterClient.overStreams();
  try {
    await client.open(file);
    const lines: number[] = [];
    for (let i = 0; i < 3; i++) {
      lines.push((await topFrame(client)).line);
      await client.stopAfter(() => client.nextRequest({ threadId: 1 }));
    }
    for (const line of lines.reverse()) {
      await client.stopAfter(() => client.stepBackRequest({ threadId: 1 }));
      assert.equal((await topFrame(client)).line, line);
    }
    await resume(client);
    await resumeBack(client);
    // Notes may stand before the first access.
    assert.ok((await topFrame(client)).line <= (lines.at(-1) ?? 0));
    await client.finish();
  } finally {
    client.kill();
  }
}
