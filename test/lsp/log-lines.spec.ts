import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { TraceDocument } from '../../language-server/document.ts';
import { type Access, accessOn } from '../../language-server/index/access.ts';
import type { Word } from '../../language-server/lines/word.ts';
import { fieldFile } from '../support/field-file.ts';
import { root } from '../support/source-files.ts';

const SAMPLES = [
  'skl_vgpu.mmiotrace.gz',
  'radeon.mmiotrace.gz',
  'skl_vgpu.ftrace.txt.gz',
  'skl_kvmgt.ftrace.txt.gz',
  'skl_vgpu.same-run.qemu.trace.gz',
  'bochs_display.qemu.trace.gz',
  'skl_hang.error_state.txt',
  'skl_l2mmt.mmio_diff.txt',
  'skl_native.intel_reg_dump.txt',
].map((name) => path.join(root, 'samples', name));
/** What samples lack. */
const FIELD = [
  ['gvt', 'skl_l2mmt.qemu-vfio.trace.gz'],
  ['other', 'vfio_hot_reset_qemu_trace.txt'],
  ['other', 'kleist_ipu4_apollolake_excerpt.txt'],
] as const;

/** Lines with an access on which an editor would find no place, or no value, or another value. */
async function unknownLines(file: string): Promise<{ accesses: number; bad: string[] }> {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
  const document = new TraceDocument('file:///log', 'vgpu-log', 1, text);
  const { columns } = await document.ready();
  const bad: string[] = [];
  let accesses = 0;
  for (let line = 0; line < columns.length; line++) {
    const access = accessOn(columns, line);
    if (access === undefined) continue;
    accesses++;
    const words = document.words(line);
    const hasPlace = words.some(({ role }) => role === 'place' || role === 'name');
    const hasValue = !access.valueKnown || words.some((word) => isValue(word, access));
    if (!hasPlace || !hasValue) bad.push(document.line(line));
  }
  return { accesses, bad: bad.slice(0, 3) };
}

/** As logs write numbers: with or without 0x, in halves, and as wide as their type, whatever the access's size. */
function isValue({ role, text }: Word, { low, size }: Access): boolean {
  if (role !== 'value') return false;
  const digits = text.replaceAll(/^0x|[^0-9a-f]/gi, '');
  return Number(BigInt.asUintN(Math.min(size * 8, 32), BigInt(`0x${digits}`))) === low;
}

describe('every access in a log has its place and its value to point at', () => {
  for (const file of SAMPLES) {
    it(path.basename(file), async () => {
      const { accesses, bad } = await unknownLines(file);
      assert.ok(accesses > 20);
      assert.deepEqual(bad, []);
    });
  }
  for (const names of FIELD) {
    const file = fieldFile(...names);
    it(names[1], {
      skip: file === undefined ? 'it is not beside the project' : false,
    }, async () => {
      const { accesses, bad } = await unknownLines(file ?? '');
      assert.ok(accesses > 10);
      assert.deepEqual(bad, []);
    });
  }
});
