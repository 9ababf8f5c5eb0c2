import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../support/source-files.ts';

/** Milliseconds; an editor that waits for what never comes is ended. */
const PATIENCE = 180_000;

/** What an editor's script has seen, in order: rows of a name and a value. */
export type Seen = readonly { readonly what: string; readonly value: unknown }[];

/** A person's home folder with `vgpu` on the PATH, the configurations of docs/editors.md and a scenario to look at. */
export class EditorHome {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'vgpu-editor-'));
  readonly trace = path.join(this.folder, 'work/first-steps.vgpu');

  constructor() {
    mkdirSync(path.join(this.folder, 'work'));
    mkdirSync(path.join(this.folder, 'bin'));
    copyFileSync(path.join(root, 'samples/first-steps.vgpu'), this.trace);
    const program = path.join(this.folder, 'bin/vgpu');
    const main = path.join(root, 'cli/main.ts');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
    chmodSync(program, 0o755);
  }

  /** Writes the `index`-th block of code in `language` of docs/editors.md to a file, and returns its path. */
  configuration(language: string, index = 0): string {
    const page = readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
    const blocks = [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))];
    const text = blocks[index]?.[1];
    if (text === undefined) throw new Error(`docs/editors.md has no block ${index} in ${language}`);
    const file = path.join(this.folder, `configuration-${index}.${language}`);
    writeFileSync(file, text);
    return file;
  }

  /** Runs an editor to its end. Its script prints what it has seen, one object of JSON a line. */
  run(editor: string, args: readonly string[]): Promise<Seen> {
    const env = {
      ...process.env,
      HOME: this.folder,
      XDG_CONFIG_HOME: path.join(this.folder, 'config'),
      PATH: `${path.join(this.folder, 'bin')}${path.delimiter}${process.env['PATH']}`,
    };
    return new Promise((resolve, reject) => {
      const options = { cwd: path.join(this.folder, 'work'), env, timeout: PATIENCE };
      execFile(editor, args, options, (error, stdout, stderr) => {
        if (error === null) resolve(rowsOf(stdout));
        else reject(new Error(`${failure(editor, error)}\n${stdout}${stderr}`));
      });
    });
  }
}

function failure(editor: string, error: Error & { code?: string | number | null }): string {
  if (error.code !== 'ENOENT') return `${editor} ended with ${error.code ?? 'a signal'}.`;
  return `There is no ${editor} on this machine: npm run setup installs it (Debian's packages).`;
}

function rowsOf(text: string): Seen {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): unknown => JSON.parse(line))
    .filter(isRow);
}

function isRow(value: unknown): value is Seen[number] {
  return typeof value === 'object' && value !== null && 'what' in value && 'value' in value;
}
