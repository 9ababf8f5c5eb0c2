import assert from 'node:assert/strict';
import type { TestCore } from './test-core.ts';

/**
 * Plays lines as recordings have them: `W c5100 00000005` writes, `R c5108 00004800` reads and compares. Numbers are
 * hexadecimal; what follows them is a note.
 */
export function play(device: Pick<TestCore, 'r' | 'w'>, text: string): void {
  for (const [number, line] of text.trim().split('\n').entries()) {
    const [kind, offset, value] = line.trim().split(/\s+/);
    const at = Number.parseInt(offset ?? '', 16);
    const word = Number.parseInt(value ?? '', 16);
    if (kind === 'W') device.w(at, word);
    else if (kind === 'R')
      assert.equal(hex8(device.r(at)), hex8(word), `line ${number + 1}: ${line}`);
    else assert.fail(`line ${number + 1} is neither R nor W: ${line}`);
  }
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, '0');
}
