import { hex64, RecordKind } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import { accessOn } from '../index/access.ts';
import { LineKind } from '../index/line-columns.ts';
import { dumpOutline } from './dump-outline.ts';
import type { OutlineEntry } from './outline-entry.ts';
import { type Phase, PhaseFinder } from './phases.ts';

/** More are a list in which nobody finds anything. */
const MOST_ENTRIES = 5000;

/** Notes that people write are headings; those of recorders have a time, and are thousands. */
const SECTION = /^\s*#(?!#)(?!\s*[0-9]+\.[0-9]{6}(?:\s|$))\s*(.*)$/;

const outlines = new WeakMap<
  TraceDocument,
  { version: number; entries: readonly OutlineEntry[] }
>();

/** Sections, in them phases, marks and labels, and runs of like accesses. */
export function outlineOf(document: TraceDocument): readonly OutlineEntry[] {
  const { version } = document.index;
  const known = outlines.get(document);
  if (known?.version === version) return known.entries;
  const entries = document.index.isDump
    ? dumpOutline(document, MOST_ENTRIES)
    : new OutlineMaker(document).make();
  outlines.set(document, { version, entries });
  return entries;
}

/** All entries, those inside of others too, in order. */
export function flatOutline(entries: readonly OutlineEntry[]): readonly OutlineEntry[] {
  return entries.flatMap((entry) => [entry, ...flatOutline(entry.children)]);
}

class OutlineMaker {
  readonly #document: TraceDocument;
  readonly #entries: OutlineEntry[] = [];
  #count = 0;
  /** Labels that have been passed. */
  #labels = 0;
  #section: OutlineEntry | undefined;
  #phase: OutlineEntry | undefined;
  #last = 0;

  constructor(document: TraceDocument) {
    this.#document = document;
  }

  make(): readonly OutlineEntry[] {
    const { columns, tables } = this.#document.index;
    const { folds, records } = this.#document.derived;
    const phases = new PhaseFinder(tables);
    let fold = folds.fold(0);
    for (let line = 0; line < columns.length && this.#count < MOST_ENTRIES; line++) {
      const kind = columns.kind[line] ?? 0;
      if (kind === LineKind.label) this.#label(line);
      if (kind === LineKind.none || kind >= LineKind.header) continue;
      if (kind === RecordKind.note) this.#note(line);
      else if (kind === RecordKind.write || kind === RecordKind.read) {
        const access = accessOn(columns, line);
        const phase = access && phases.at(access);
        if (phase !== undefined) this.#startPhase(line, phase);
      }
      if (fold !== undefined && line >= records.lineOf(fold.first)) {
        const last = records.lineOf(fold.last);
        this.#add({
          kind: 'run',
          name: `${fold.kind.title} ×${fold.accesses}`,
          detail: `${last - line + 1} lines`,
          first: line,
          last,
          children: [],
        });
        fold = folds.fold(fold.index + 1);
      }
      this.#last = line;
    }
    this.#closePhase(this.#last);
    if (this.#section !== undefined) this.#section.last = this.#last;
    return this.#entries;
  }

  #label(line: number): void {
    const { labels, columns } = this.#document.index;
    while ((labels[this.#labels]?.line ?? columns.length) <= line) this.#labels++;
    const label = labels[this.#labels];
    if (label?.line !== line + 1) return;
    this.#add(entry('label', label.name, hex64(label.value), line));
    this.#last = line;
  }

  #note(line: number): void {
    const text = this.#document.line(line);
    const mark = /^\s*mark\b\s*(.*)$/.exec(text);
    if (mark !== null) {
      this.#add(entry('mark', mark[1] || 'mark', '', line));
      return;
    }
    const section = SECTION.exec(text)?.[1]?.trim();
    if (section === undefined || section === '' || this.#document.format !== 'vgpu') return;
    this.#closePhase(this.#last);
    if (this.#section !== undefined) this.#section.last = this.#last;
    this.#section = entry('section', section, '', line);
    this.#entries.push(this.#section);
    this.#count++;
  }

  #startPhase(line: number, { name, detail }: Phase): void {
    this.#closePhase(this.#last);
    const phase = entry('phase', name, detail, line);
    (this.#section?.children ?? this.#entries).push(phase);
    this.#phase = phase;
    this.#count++;
  }

  #closePhase(last: number): void {
    if (this.#phase !== undefined) this.#phase.last = Math.max(this.#phase.first, last);
    this.#phase = undefined;
  }

  #add(added: OutlineEntry): void {
    ((this.#phase ?? this.#section)?.children ?? this.#entries).push(added);
    this.#count++;
  }
}

function entry(
  kind: OutlineEntry['kind'],
  name: string,
  detail: string,
  line: number,
): OutlineEntry {
  return { kind, name, detail, first: line, last: line, children: [] };
}
