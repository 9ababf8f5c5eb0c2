import * as vscode from 'vscode';
import type { CoverageTable } from '../../timeline/index.ts';
import { type CoverageText, coverageText } from './coverage-text.ts';

/** Documents that show what of a device's tables the last run with coverage exercised. */
const SCHEME = 'vgpu-coverage';

const NOTHING =
  'No scenario has been run with coverage since this window was opened: run them from the Testing view.\n';

/** The tables of the last run: what VS Code's coverage view lists instead of source files. */
export class CoverageDocuments implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, CoverageText>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  register(): vscode.Disposable[] {
    return [this.#changed, vscode.workspace.registerTextDocumentContentProvider(SCHEME, this)];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path)?.text ?? NOTHING;
  }

  /** Takes the tables of a platform, and adds them to a run. */
  show(run: vscode.TestRun, platform: string, tables: readonly CoverageTable[]): void {
    for (const table of tables) {
      if (table.rows.length === 0) continue;
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${platform}/${table.id}.txt` });
      this.#texts.set(uri.path, coverageText(table));
      this.#changed.fire(uri);
      run.addCoverage(vscode.FileCoverage.fromDetails(uri, [...this.details(uri)]));
    }
  }

  /** A statement for each row; a register's fields are its branches. */
  details(uri: vscode.Uri): readonly vscode.StatementCoverage[] {
    return (this.#texts.get(uri.path)?.rows ?? []).map(
      ({ line, end, hits, parts }) =>
        new vscode.StatementCoverage(
          hits,
          new vscode.Range(line, 0, line, end),
          parts.map(
            (part) =>
              new vscode.BranchCoverage(
                part.exercised,
                new vscode.Range(line, part.start, line, part.end),
                part.name,
              ),
          ),
        ),
    );
  }
}
