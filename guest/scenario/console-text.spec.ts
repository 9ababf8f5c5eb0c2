import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScreenValue } from '../../emulator/index.ts';
import { type ConsoleText, misreadConsole } from './console-text.ts';

const CELL = 8;
const ROWS = ['ab a', 'b ba'];
const COLUMNS = 4;

test('a picture that shows the text is read back', () => {
  assert.equal(misreadConsole(pictureOf(ROWS), textOf(ROWS)), undefined);
});

test('what is not the text is noticed, and where', () => {
  const wrong = (rows: string[]) => misreadConsole(pictureOf(rows), textOf(ROWS)) ?? '';
  assert.match(wrong(['abaa', 'b ba']), /row 0, column 2: ink where nothing is written/);
  assert.match(wrong(['ab b', 'b ba']), /row 0, column 3: "a" looks different here/);
  assert.match(wrong(['aa a', 'a aa']), /row 0, column 1: "b" looks like "a"/);
  assert.match(wrong(['    ', '    ']), /row 0, column 1: "b" looks like "a"/);
});

test('the cell under the cursor may show it', () => {
  const text = { ...textOf(ROWS), cursor: { column: 2, row: 0 } };
  assert.equal(misreadConsole(pictureOf(['abba', 'b ba']), text), undefined);
});

test('a picture that is not known shows no text', () => {
  const unknown = { ...pictureOf(ROWS), unknownPixels: 3 };
  assert.match(misreadConsole(unknown, textOf(ROWS)) ?? '', /3 pixels/);
});

function textOf(rows: readonly string[]): ConsoleText {
  const characters = new TextEncoder().encode(rows.join(''));
  return { rows: rows.length, columns: COLUMNS, cursor: { column: -1, row: -1 }, characters };
}

/** The letter a is a horizontal bar, all else but a blank a vertical one. */
function pictureOf(rows: readonly string[]): ScreenValue {
  const width = COLUMNS * CELL;
  const height = rows.length * CELL;
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const character = rows[Math.floor(y / CELL)]?.[Math.floor(x / CELL)];
      const ink = character === 'a' ? y % CELL === 3 : character !== ' ' && x % CELL === 3;
      pixels.fill(ink ? 170 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  const known = { unknownPixels: 0, unmappedPixels: 0, planes: [], remarks: [] };
  return { pipe: 'A', width, height, pixels, ...known };
}
