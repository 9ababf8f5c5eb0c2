/** The only door of `trace`: records, the columnar store, formats and their detection. */
export type * from './device-description.ts';
export type * from './diagnostic.ts';
export * from './record.ts';
