import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { MMIO_SIZE, RegisterMap } from '../mmio/register-map.ts';
import type { Platform } from '../mmio/register-row.ts';
import { isSupportedPlatform, tablesOf } from '../platforms.ts';

const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url));
const NEWLINE = 10;

/** Offsets below 2 MiB of all `R` and `W` records: kind, size, six-digit offset, value. */
function touchedOffsets(text: Uint8Array): Set<number> {
  const digits = new TextDecoder('latin1');
  const touched = new Set<number>();
  const letters = new Set([0x52, 0x57]);
  for (let start = 0; start < text.length; start = text.indexOf(NEWLINE, start) + 1) {
    if (letters.has(text[start] ?? 0) && text[start + 1] === 0x20) {
      const offset = Number.parseInt(digits.decode(text.subarray(start + 4, start + 10)), 16);
      if (offset < MMIO_SIZE) touched.add(offset);
    }
    if (text.indexOf(NEWLINE, start) < 0) break;
  }
  return touched;
}

/** As the header has it; the oldest recordings say so in words. */
function platformOf(text: Uint8Array): Platform {
  const head = new TextDecoder('latin1').decode(text.subarray(0, 2000));
  const name = /^## platform: (\w+)$/m.exec(head)?.[1] ?? 'skl';
  return isSupportedPlatform(name) ? name : assert.fail(`${name} is not emulated`);
}

const recordings = readdirSync(SAMPLES).filter((name) => name.endsWith('.vgpu.gz'));

test('there are recordings to look at', () => {
  assert.ok(recordings.length >= 5);
});

for (const name of recordings) {
  test(`every register in ${name} has a row with a published name`, () => {
    const text = gunzipSync(readFileSync(SAMPLES + name));
    const map = new RegisterMap(tablesOf(platformOf(text)));
    const nameless: string[] = [];
    const touched = touchedOffsets(text);
    assert.ok(touched.size > 200, `${touched.size} registers`);
    for (const offset of touched) {
      const register = map.at(offset);
      if (!register || /^reg_|_RESERVED_/.test(register.name)) {
        nameless.push(`${offset.toString(16)} ${register?.name ?? ''}`);
      }
    }
    assert.deepEqual(nameless, []);
  });
}
