import path from 'node:path';
import * as vscode from 'vscode';

const SCENARIOS = '**/*.vgpu';
const EXCLUDED = '**/{node_modules,dist}/**';
/** Larger files are recordings; hand-written ones have some hundred lines. */
const MOST_BYTES = 4 * 2 ** 20;
/** A symbolic read with a value, or a line `expect`. */
const EXPECTATION = /^[ \t]*(?:expect[ \t]|[ACI]?R(?:8|16|32|64)[ \t]+\S+[ \t]+(?:=[ \t]*)?[0-9])/m;

/** The scenarios of the workspace as test items, folder by folder. Files are looked at when the tests are. */
export class ScenarioTree {
  readonly #controller: vscode.TestController;
  /** Items of files, by their path. */
  readonly #files = new Map<string, vscode.TestItem>();

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
  }

  /** Finds all of them, and follows what becomes of them. */
  async discover(): Promise<vscode.Disposable> {
    const watcher = vscode.workspace.createFileSystemWatcher(SCENARIOS);
    watcher.onDidCreate((uri) => this.#look(uri));
    watcher.onDidChange((uri) => this.#look(uri));
    watcher.onDidDelete((uri) => this.#remove(uri));
    await this.refresh();
    return watcher;
  }

  async refresh(): Promise<void> {
    const found = await vscode.workspace.findFiles(SCENARIOS, EXCLUDED);
    const paths = new Set(found.map(({ fsPath }) => fsPath));
    for (const item of [...this.#files.values()]) {
      if (item.uri !== undefined && !paths.has(item.uri.fsPath)) this.#remove(item.uri);
    }
    for (const uri of found) await this.#look(uri);
  }

  /** The files at and below some items, or all of them, but for those at and below others. */
  filesOf(request: vscode.TestRunRequest): readonly vscode.TestItem[] {
    const excluded = new Set(request.exclude ?? []);
    const files: vscode.TestItem[] = [];
    const visit = (item: vscode.TestItem): void => {
      if (excluded.has(item)) return;
      if (item.uri !== undefined && this.#files.get(item.uri.fsPath) === item) files.push(item);
      item.children.forEach(visit);
    };
    if (request.include === undefined) this.#controller.items.forEach(visit);
    else request.include.forEach(visit);
    return files;
  }

  async #look(uri: vscode.Uri): Promise<void> {
    const text = await textOf(uri);
    if (text === undefined || !EXPECTATION.test(text)) {
      this.#remove(uri);
      return;
    }
    const item = this.#files.get(uri.fsPath) ?? this.#add(uri);
    item.description = /^## title:[ \t]*(.*?)[ \t\r]*$/m.exec(text)?.[1] ?? '';
  }

  #add(uri: vscode.Uri): vscode.TestItem {
    const relative = vscode.workspace.asRelativePath(uri).split('/');
    let parent = this.#controller.items;
    let folder = uri;
    for (let i = 0; i < relative.length - 1; i++) {
      const up = '../'.repeat(relative.length - 1 - i);
      folder = vscode.Uri.file(path.resolve(uri.fsPath, up));
      const name = relative[i] ?? '';
      const known = parent.get(folder.toString());
      const item = known ?? this.#controller.createTestItem(folder.toString(), name, folder);
      if (known === undefined) parent.add(item);
      parent = item.children;
    }
    const item = this.#controller.createTestItem(uri.toString(), relative.at(-1) ?? '', uri);
    // The run button stands beside the first line.
    item.range = new vscode.Range(0, 0, 0, 0);
    parent.add(item);
    this.#files.set(uri.fsPath, item);
    return item;
  }

  /** Folders go with their last scenario. */
  #remove(uri: vscode.Uri): void {
    let item = this.#files.get(uri.fsPath);
    this.#files.delete(uri.fsPath);
    while (item !== undefined && item.children.size === 0) {
      const { parent, id }: vscode.TestItem = item;
      (parent?.children ?? this.#controller.items).delete(id);
      item = parent;
    }
  }
}

/** Undefined for what is no scenario by its size alone, or cannot be read. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MOST_BYTES) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
