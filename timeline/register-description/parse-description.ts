import { parseJsonDescription } from './json-description.ts';
import type { RegisterDescription } from './register-description.ts';
import { parseSvdDescription } from './svd-description.ts';

/** Characters; the largest SVD files that vendors publish have some 10 million. */
const MOST_TEXT = 32 * 2 ** 20;

/**
 * A register description, in whichever form: CMSIS-SVD where it begins like XML, else the project's own JSON.
 * @throws Error with a sentence where it cannot be read at all; `name` is what the file is called in it
 */
export function parseRegisterDescription(text: string, name: string): RegisterDescription {
  if (text.length > MOST_TEXT) throw new Error(`${name} is too large for a register description.`);
  try {
    return text.trimStart().startsWith('<')
      ? parseSvdDescription(text)
      : parseJsonDescription(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${name} is no register description: ${why}.`);
  }
}
