import type { CommandTree } from '../../emulator/index.ts';
import {
  commandText,
  type DecodedFact,
  type DecodedRun,
  type DecodeListener,
  dwordsText,
} from '../../timeline/index.ts';
import type { Terminal } from '../terminal.ts';
import { commandJson, stateJson } from './command-json.ts';

/** Letters that are written at once. */
const PIECE = 1 << 16;

/** Where decoded commands go. */
export interface DecodePrinter extends DecodeListener {
  /** Waits until all has been written; false when nobody reads any more. */
  flush(): Promise<boolean>;
}

/** For people. */
export class TextPrinter implements DecodePrinter {
  readonly #terminal: Terminal;
  #text = '';
  #written: Promise<boolean> = Promise.resolve(true);

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  run({ title }: DecodedRun): void {
    this.line(`\n${title}`);
  }

  command(command: CommandTree): void {
    this.#add(commandText(command));
  }

  note(text: string): void {
    this.line(`  ${text}`);
  }

  fact({ text, engine, register, remark }: DecodedFact): void {
    const indent = engine === undefined ? '' : '  ';
    this.line(`${indent}${text}`);
    if (remark !== undefined) this.line(`${indent}  ${remark}`);
    if (register !== undefined)
      this.#add(dwordsText(register.words, register.fields, `${indent}  `));
  }

  line(text: string): void {
    this.#add(`${text}\n`);
  }

  async flush(): Promise<boolean> {
    this.#write();
    return await this.#written;
  }

  #add(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE) this.#write();
  }

  #write(): void {
    if (this.#text === '') return;
    this.#written = this.#terminal.out(this.#text);
    this.#text = '';
  }
}

/** For programs: one object a line, each with its `kind`. */
export class JsonPrinter implements DecodePrinter {
  readonly #lines: TextPrinter;

  constructor(terminal: Terminal) {
    this.#lines = new TextPrinter(terminal);
  }

  run(run: DecodedRun): void {
    this.#print({ kind: 'run', ...run });
  }

  command(command: CommandTree, depth: number): void {
    this.#print({ kind: 'command', depth, ...commandJson(command) });
  }

  note(text: string, depth: number): void {
    this.#print({ kind: 'note', depth, text });
  }

  fact({ register, ...fact }: DecodedFact): void {
    const decoded = register === undefined ? {} : { register: stateJson(register) };
    this.#print({ kind: 'fact', ...fact, ...decoded });
  }

  flush(): Promise<boolean> {
    return this.#lines.flush();
  }

  #print(value: object): void {
    this.#lines.line(JSON.stringify(value));
  }
}
