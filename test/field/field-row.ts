import type { RecordKind } from '../../trace/index.ts';

/** What is counted of a file: records by kind, or what a dump consists of. */
export type Counted = keyof typeof RecordKind | 'facts' | 'registers' | 'buffers' | 'config';

/**
 * How something is counted without this project's readers: the lines that match one of these extended regular
 * expressions, by `grep`; or the number that an `awk` program prints, of the file's lines or of its words of four bytes.
 */
export type Count =
  | string
  | { readonly lines: string; readonly except: string }
  | { readonly awk: string }
  | { readonly awkOfWords: string }
  /** Made of several lines, so that no line says how many: only that there are some. */
  | { readonly some: string };

/** A diagnostic that is no mistake of the reader's: who would have to say what, or what is wrong with the file. */
export interface Explained {
  readonly says: RegExp;
  readonly because: string;
}

/** A value that a session shows at the end of a recording, and where the file itself has it. */
export interface Value {
  /** What is asked for in a watch; or for a dump the path of a variable, from its scope on. */
  readonly ask: string | readonly string[];
  /** The last match in the file, in hexadecimal; or the number itself where the file is not text. */
  readonly last: RegExp | { readonly awkOfWords: string };
}

/** A file of `shared/traces`. */
export interface FieldRow {
  readonly file: string;
  /** Id of its format. */
  readonly format: string;
  /** What the file cannot tell, and a launch configuration does. */
  readonly launch?: Readonly<Record<string, string>>;
  readonly counts: Partial<Readonly<Record<Counted, Count>>>;
  /** Lines that are no record: headings, times, comments. No line is in none of the expressions. */
  readonly silent?: string;
  readonly explained?: readonly Explained[];
  /** Undefined where the file has no register and no value; `because` says so. */
  readonly value: Value | { readonly because: string };
}

/** Files that are no traces. */
export interface Aside {
  readonly file: RegExp;
  readonly because: string;
}

export const ASIDE: readonly Aside[] = [
  { file: /^README\.md$/, because: 'says what the others are' },
  { file: /\.png$/, because: 'is a picture' },
  { file: /^aub\/\w+\.txt\.gz$/, because: 'is the text of aubinator, of the AUB file beside it' },
  { file: /error_decode/, because: 'is the text of aubinator_error_decode' },
];
