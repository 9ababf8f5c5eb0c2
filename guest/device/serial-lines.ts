/** Takes the bytes of a serial line apart into lines of text. */
export class SerialLines {
  #bytes: number[] = [];
  readonly #onLine: (text: string) => void;

  constructor(onLine: (text: string) => void) {
    this.#onLine = onLine;
  }

  take(byte: number): void {
    if (byte !== LINE_FEED) {
      this.#bytes.push(byte);
      return;
    }
    const text = new TextDecoder().decode(new Uint8Array(this.#bytes));
    this.#bytes = [];
    this.#onLine(text.replace(TERMINAL_CODES, '').trimEnd());
  }
}

const LINE_FEED = 10;
/** Escape sequences, and control characters but tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const TERMINAL_CODES = /\u001b\[[0-9;?]*[A-Za-z]|\u001b[=>c]|[\u0000-\u0008\u000b-\u001f\u007f]/g;
