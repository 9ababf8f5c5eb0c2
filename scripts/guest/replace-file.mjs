import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file under another name first: nobody ever finds half of it, and what is linked to the old one keeps it. */
export function replaceFile(file, content) {
  const half = `${file}.part`;
  writeFileSync(half, content);
  renameSync(half, file);
}
