import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location } from 'vscode-languageserver/node';
import type { RegisterInfo } from '../../emulator/index.ts';
import type { RegisterField } from '../../timeline/index.ts';
import { type TableLine, type TableText, tableText } from './register-table-text.ts';
import { findTables, type RegisterTables } from './register-tables.ts';

/** Scheme of the documents that show register tables: `vgpu-registers:/skl.vgpu-registers`. */
export const REGISTER_SCHEME = 'vgpu-registers';
const EXTENSION = '.vgpu-registers';

/**
 * Register tables as read-only documents. An editor that knows their scheme asks for their text; for others they are
 * files in a temporary folder, written when they are first needed.
 */
export class RegisterDocuments {
  readonly #texts = new Map<string, TableText>();
  readonly #asFiles: () => boolean;
  #folder: string | undefined;

  /** `asFiles`: whether the editor needs files. */
  constructor(asFiles: () => boolean) {
    this.#asFiles = asFiles;
  }

  /** Of a register, or of one of its fields. */
  locationOf(tables: RegisterTables, info: RegisterInfo, field?: RegisterField): Location {
    const { lineOf, lines } = this.#text(tables);
    const row = lineOf.get(info) ?? 0;
    const below = field === undefined ? 0 : info.fields.indexOf(field) + 1;
    const line = lines[row + below]?.info === info ? row + below : row;
    const start = { line, character: 0 };
    const end = { line, character: '0x000000'.length };
    return { uri: this.#uri(tables), range: { start, end } };
  }

  /** Undefined for an address that is none of a table. */
  textAt(uri: string): string | undefined {
    const tables = this.tablesAt(uri);
    return tables && this.#text(tables).text;
  }

  tablesAt(uri: string): RegisterTables | undefined {
    const id = new RegExp(`([\\w-]+)\\${EXTENSION}$`).exec(uri)?.[1];
    return id === undefined ? undefined : findTables(id);
  }

  /** What a line of a table's document is about. */
  lineAt(uri: string, line: number): TableLine | undefined {
    const tables = this.tablesAt(uri);
    return tables && this.#text(tables).lines[line];
  }

  #text(tables: RegisterTables): TableText {
    const text = this.#texts.get(tables.id) ?? tableText(tables);
    this.#texts.set(tables.id, text);
    return text;
  }

  #uri(tables: RegisterTables): string {
    const name = `${tables.id}${EXTENSION}`;
    if (!this.#asFiles()) return `${REGISTER_SCHEME}:/${name}`;
    this.#folder ??= temporaryFolder();
    const file = path.join(this.#folder, name);
    if (!existsSync(file)) {
      writeFileSync(file, this.#text(tables).text);
      chmodSync(file, 0o444);
    }
    return pathToFileURL(file).href;
  }
}

export function isRegisterDocument(uri: string): boolean {
  return uri.endsWith(EXTENSION);
}

/** Goes away with the process. */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-registers-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
