import type { ScreenValue } from '../../emulator/index.ts';

/** A text console as the guest's kernel keeps it. */
export interface ConsoleText {
  readonly rows: number;
  readonly columns: number;
  /** Where the cursor is, which blinks. */
  readonly cursor: { readonly column: number; readonly row: number };
  /** Row after row, a byte each. */
  readonly characters: Uint8Array;
}

const BLANKS = new Set([0, 0x20]);
const PIXEL = 4;

/**
 * Reads a console's picture back: what is wrong with it as a sentence, or undefined. No font is known, but text can be
 * held against a picture without one: a character looks the same wherever it stands, different characters look different,
 * and where there is none there is no ink.
 */
export function misreadConsole(picture: ScreenValue, text: ConsoleText): string | undefined {
  if (picture.width === 0) return 'there is no picture';
  const unclear = picture.unknownPixels + picture.unmappedPixels;
  if (unclear > 0) return `${unclear} pixels have no known memory`;
  const glyphs = new Map<number, string>();
  const characters = new Map<string, number>();
  for (let row = 0; row < text.rows; row++) {
    for (let column = 0; column < text.columns; column++) {
      if (row === text.cursor.row && column === text.cursor.column) continue;
      const stored = text.characters[row * text.columns + column] ?? 0;
      const character = BLANKS.has(stored) ? 0x20 : stored;
      const glyph = glyphAt(picture, text, column, row);
      const place = `row ${row}, column ${column}`;
      const name = JSON.stringify(String.fromCharCode(character));
      if (character === 0x20 && /[^.]/.test(glyph)) return `${place}: ink where nothing is written`;
      const before = glyphs.get(character);
      if (before !== undefined && before !== glyph) return `${place}: ${name} looks different here`;
      const other = characters.get(glyph);
      if (other !== undefined && other !== character)
        return `${place}: ${name} looks like ${JSON.stringify(String.fromCharCode(other))}`;
      glyphs.set(character, glyph);
      characters.set(glyph, character);
    }
  }
  return undefined;
}

/** The ink of a cell, pixel by pixel. */
function glyphAt(picture: ScreenValue, text: ConsoleText, column: number, row: number): string {
  const { width, height, pixels } = picture;
  const cellWidth = Math.floor(width / text.columns);
  const cellHeight = Math.floor(height / text.rows);
  let glyph = '';
  for (let y = row * cellHeight; y < (row + 1) * cellHeight; y++) {
    for (let x = column * cellWidth; x < (column + 1) * cellWidth; x++) {
      const at = (y * width + x) * PIXEL;
      const ink = (pixels[at] ?? 0) | (pixels[at + 1] ?? 0) | (pixels[at + 2] ?? 0);
      glyph += ink === 0 ? '.' : '#';
    }
  }
  return glyph;
}
