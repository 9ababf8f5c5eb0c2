/** A part of a document that has a name. Lines are counted from 0, both ends inclusive. */
export interface OutlineEntry {
  readonly kind: 'section' | 'phase' | 'mark' | 'label' | 'run';
  readonly name: string;
  readonly detail: string;
  readonly first: number;
  last: number;
  readonly children: OutlineEntry[];
}
