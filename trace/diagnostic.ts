/** Something wrong with a line of a trace. The rest of the file still loads. */
export interface TraceDiagnostic {
  readonly severity: 'error' | 'warning';
  /** 1-based line of the (inflated) file; 0 where it concerns the file as a whole. */
  readonly line: number;
  /** What was wrong, and what was expected, in a sentence. */
  readonly message: string;
}

/** Diagnostics kept of one trace. A file that is damaged throughout must not fill memory with complaints. */
export const MAX_DIAGNOSTICS = 1000;

/** Collects diagnostics up to MAX_DIAGNOSTICS and counts the rest. */
export class DiagnosticList {
  readonly #kept: TraceDiagnostic[] = [];
  #leftOut = 0;
  #errors = 0;

  error(line: number, message: string): void {
    this.#errors++;
    this.#add({ severity: 'error', line, message });
  }

  warning(line: number, message: string): void {
    this.#add({ severity: 'warning', line, message });
  }

  /** Errors so far, also those that were not kept. */
  get errors(): number {
    return this.#errors;
  }

  /** Those kept, and where some were not, a last one that says how many. */
  list(): readonly TraceDiagnostic[] {
    if (this.#leftOut === 0) return [...this.#kept];
    const message = `${this.#leftOut} more problems like these are not listed.`;
    return [...this.#kept, { severity: 'warning', line: 0, message }];
  }

  #add(diagnostic: TraceDiagnostic): void {
    if (this.#kept.length < MAX_DIAGNOSTICS) this.#kept.push(diagnostic);
    else this.#leftOut++;
  }
}
