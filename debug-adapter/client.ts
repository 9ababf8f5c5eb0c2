import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';

/** What the client said of itself in `initialize`, and the conversions that follow from it. */
export class Client {
  readonly isVsCode: boolean;
  readonly paging: boolean;
  readonly progress: boolean;
  readonly invalidated: boolean;
  readonly memoryEvents: boolean;
  readonly #firstLine: number;
  readonly #firstColumn: number;
  readonly #uriPaths: boolean;

  constructor(facts: Partial<Dap.InitializeRequestArguments> = {}) {
    this.isVsCode = facts.clientID === 'vscode';
    this.paging = facts.supportsVariablePaging === true;
    this.progress = facts.supportsProgressReporting === true;
    this.invalidated = facts.supportsInvalidatedEvent === true;
    this.memoryEvents = facts.supportsMemoryEvent === true;
    this.#firstLine = facts.linesStartAt1 === false ? 0 : 1;
    this.#firstColumn = facts.columnsStartAt1 === false ? 0 : 1;
    this.#uriPaths = facts.pathFormat === 'uri';
  }

  /** From a 1-based line to the client's. */
  lineOut(line: number): number {
    return line - 1 + this.#firstLine;
  }

  /** From the client's line to a 1-based one. */
  lineIn(line: number): number {
    return Math.floor(line) - this.#firstLine + 1;
  }

  /** From a 0-based column to the client's. */
  columnOut(column: number): number {
    return column + this.#firstColumn;
  }

  /** From the client's column to a 0-based one. */
  columnIn(column: number): number {
    return Math.max(0, Math.floor(column) - this.#firstColumn);
  }

  pathOut(path: string): string {
    return this.#uriPaths ? pathToFileURL(path).href : path;
  }

  /** A file's path, whether the client writes paths or `file:` URIs; other URIs stay as they are. */
  pathIn(path: string): string {
    if (!path.startsWith('file:')) return path;
    try {
      return fileURLToPath(path);
    } catch {
      return path;
    }
  }
}
