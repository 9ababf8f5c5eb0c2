/** The only door of `trace`: records, the columnar store, formats and their detection. */
export type { AubMemory } from './aub/aub-memory.ts';
export {
  type AubDevice,
  type AubListener,
  type AubSubmission,
  AubWalker,
} from './aub/aub-walker.ts';
export type * from './device-description.ts';
export type { TraceDiagnostic } from './diagnostic.ts';
export { detectFormat, TRACE_FORMATS, type TraceFormat } from './formats.ts';
export { MmiotraceWriter } from './mmiotrace/mmiotrace-writer.ts';
export { type OpenedTrace, type OpenTraceOptions, openTrace } from './open-trace.ts';
export type { ByteSource } from './plain-bytes.ts';
export * from './record.ts';
export type { RegisterNames } from './register-names.ts';
export { parseSlice, SLICE_PATTERN } from './slice.ts';
export type * from './snapshot/snapshot.ts';
export type { Unpack } from './snapshot/snapshot-builder.ts';
export { type SniffedTrace, sniffTrace } from './sniff-trace.ts';
export {
  CHUNK_RECORDS,
  MAX_MICROS,
  SIZE_MASK,
  SYMBOLIC,
  type TraceChunk,
  VALUE_UNKNOWN,
} from './store/chunk.ts';
export { countBefore } from './store/count-before.ts';
export { type MergedStore, mergeStores } from './store/merge-stores.ts';
export { selectRecords } from './store/select-records.ts';
export { packKind, StoreWriter } from './store/store-writer.ts';
export type { TraceStore } from './store/trace-store.ts';
export { parseSeconds, type U64 } from './text/numbers.ts';
export type { ReaderHints, ReaderTarget, TraceReader } from './trace-reader.ts';
export * from './vgpu/expectation.ts';
export { HEADER_KEYS, type HeaderKey } from './vgpu/header.ts';
export { labelNameProblem } from './vgpu/label-line.ts';
export {
  hex64,
  isLabelName,
  type Label,
  type LabelsOfPiece,
  LabelTable,
  parseLabelled,
} from './vgpu/labels.ts';
export { type NameInText, namesInExpectation } from './vgpu/labels-in-expectation.ts';
export { KEYWORD_LINES, timeRunsBack } from './vgpu/other-lines.ts';
export { replaceValue } from './vgpu/replace-value.ts';
export { readVgpuPiece, type VgpuPiece, type VgpuPieceOptions } from './vgpu/vgpu-piece.ts';
export { VgpuWriter, vgpuHeader } from './vgpu/vgpu-writer.ts';
export { type WriteOptions, writeRecord } from './vgpu/write-record.ts';
