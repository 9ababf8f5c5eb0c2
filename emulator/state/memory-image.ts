import type { GuestMemory } from './guest-memory.ts';
import { PAGE } from './guest-page.ts';

/** Number of the page in 8 bytes, then a bit for each byte that is known, then the bytes. */
const NUMBER_BYTES = 8;
const KNOWN_BYTES = PAGE / 8;
const PAGE_BYTES = NUMBER_BYTES + KNOWN_BYTES + PAGE;
/** Physical addresses have at most 48 bits. */
const MOST_PAGES = 2 ** 36;

/** All that is known of guest memory, page by page in order. */
export function saveMemory(memory: GuestMemory): Uint8Array {
  const pages = [...memory.save().pages].sort(([a], [b]) => a - b);
  const image = new Uint8Array(pages.length * PAGE_BYTES);
  const view = new DataView(image.buffer);
  pages.forEach(([number, { bytes, known }], index) => {
    const at = index * PAGE_BYTES;
    view.setUint32(at, number % 2 ** 32, true);
    view.setUint32(at + 4, Math.floor(number / 2 ** 32), true);
    known.forEach((word, n) => {
      view.setUint32(at + NUMBER_BYTES + n * 4, word, true);
    });
    image.set(bytes, at + NUMBER_BYTES + KNOWN_BYTES);
  });
  return image;
}

/** Puts it into memory of which nothing is known; a sentence where it is damaged. */
export function loadMemory(memory: GuestMemory, image: Uint8Array): string | undefined {
  if (image.length % PAGE_BYTES !== 0) return 'Its guest memory ends within a page.';
  const view = new DataView(image.buffer, image.byteOffset, image.length);
  let last = -1;
  for (let at = 0; at < image.length; at += PAGE_BYTES) {
    const number = view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
    if (number <= last || number >= MOST_PAGES)
      return 'Its pages of guest memory are not in order.';
    last = number;
    const page = memory.openPage(number, true);
    page.bytes.set(image.subarray(at + NUMBER_BYTES + KNOWN_BYTES, at + PAGE_BYTES));
    for (let n = 0; n < KNOWN_BYTES / 4; n++) {
      page.known[n] = view.getUint32(at + NUMBER_BYTES + n * 4, true);
    }
  }
  return undefined;
}
