import { isInGgtt, PAGE_BYTES, PTE_BYTES, pteOffsetOf } from '../../timeline/index.ts';
import { Space } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import { accessOn, type Place } from '../index/access.ts';
import { type Word, wordAt } from '../lines/word.ts';
import { registerAtWord } from '../registers/register-at-word.ts';

/** What a position names: a register (all its dwords), an entry of the GGTT, a page of the aperture, a port. */
export interface NamedPlace {
  readonly word: Word;
  readonly place: Place;
}

export function placeAt(
  document: TraceDocument,
  line: number,
  character: number,
): NamedPlace | undefined {
  const word = wordAt(document.words(line), character);
  if (word === undefined || !NAMES.has(word.role)) return undefined;
  const access = accessOn(document.index.columns, line);
  const isRegister = access === undefined || access.space === Space.mmio;
  const register = isRegister ? registerAtWord(document, line, word) : undefined;
  if (register !== undefined) {
    const { offset, size } = register.info;
    return { word, place: { space: Space.mmio, first: offset, end: offset + size } };
  }
  if (access === undefined) return undefined;
  const { space, offset, size } = access;
  if (space === Space.mmio && isInGgtt(offset)) {
    const first = offset - (offset % PTE_BYTES);
    return { word, place: { space, first, end: first + PTE_BYTES } };
  }
  if (space === Space.aperture) {
    const first = offset - (offset % PAGE_BYTES);
    return { word, place: { space, first, end: first + PAGE_BYTES } };
  }
  return { word, place: { space, first: offset, end: offset + size } };
}

const NAMES: ReadonlySet<string> = new Set(['place', 'name', 'value', 'read', 'write']);

/** The entry that translates a page of the aperture. */
export function entryOf(address: number): Place {
  const first = pteOffsetOf(address);
  return { space: Space.mmio, first, end: first + PTE_BYTES };
}
