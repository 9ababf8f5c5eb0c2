/** The only door of `timeline`. */

export {
  compileCommandPattern,
  compileInterruptPattern,
  type EventNames,
} from './breakpoint/event-pattern.ts';
export { targetProblem } from './breakpoint/watched-target.ts';
export * from './config-registers.ts';
export { AubCommands } from './decode/aub-commands.ts';
export { commandText, dwordsText } from './decode/command-text.ts';
export type * from './decode/decode-listener.ts';
export { decodeDump } from './decode/dump-commands.ts';
export { decodeRecorded } from './decode/recorded-commands.ts';
export { decodeReplay, type ReplayedOptions } from './decode/replayed-commands.ts';
export { asGvtG, type DeviceProblem, deviceConfigFor } from './device-from-trace.ts';
export { diffTraces, type TraceDiff, type TraceDifference } from './diff/diff-traces.ts';
export { type Cause, causeOf } from './diff/explain-difference.ts';
export { type DumpGroup, type DumpView, dumpView } from './dump/dump-view.ts';
export { writePerfetto } from './export/perfetto.ts';
export { writeVcd } from './export/vcd.ts';
export type { ExportOptions } from './export/watch-replay.ts';
export { complete } from './expression/complete.ts';
export type { AccessFacts, EvaluationContext, PeekSpace } from './expression/context.ts';
export * from './expression/expression.ts';
export { format as formatValue } from './expression/format.ts';
export { expressionWord, meaningOfName } from './expression/meaning-of-name.ts';
export {
  dataTargetOf,
  mergeInto,
  type Reference,
  readReference,
  valueProblem,
} from './expression/reference.ts';
export type { EvalUnknown, EvalValue } from './expression/value.ts';
export { type Fold, FoldIndex } from './fold/fold-index.ts';
export { RUN_KINDS, type RunKind, type RunKindId } from './fold/run-kinds.ts';
export { Stepper } from './fold/stepper.ts';
export { type GoldenFile, type GoldenProblem, goldenFrom } from './golden/golden-file.ts';
export { type DeviceIds, deviceText, isSameDevice } from './golden/same-device.ts';
export { withLabels } from './labelled-directory.ts';
export {
  accessText,
  meaningText,
  placeText,
  valueText,
  wholeEntryText,
} from './listing/access-text.ts';
export * from './listing/document.ts';
export { fieldText, fieldValue, setFieldsText } from './listing/field-text.ts';
export { foldText } from './listing/fold-text.ts';
export { counted, grouped } from './listing/line.ts';
export { createListing, type Listing } from './listing/listing.ts';
export { listingFor } from './listing/listing-for-trace.ts';
export * from './listing/listing-uri.ts';
export { isSameReading, type Reading } from './listing/reading.ts';
export { recordText } from './listing/record-text.ts';
export { forEachDword, RegisterHistory, type ShownValue } from './listing/register-history.ts';
export type { DeviceViews } from './local-session/device-views.ts';
export { stallText } from './local-session/engine-frames.ts';
export { createLocalSession, type LocalSessionOptions } from './local-session/local-session.ts';
export type { SessionGuest } from './local-session/session-guest.ts';
export {
  type ImageProblem,
  readVgpuImage,
  type VgpuImage,
  vgpuFrom,
  writeVgpuImage,
} from './migration/vgpu-image.ts';
export {
  MODELS,
  type ModelChoice,
  type ModelOptions,
  modelFor,
  readingNames,
  registersFor,
  sessionRegisters,
} from './model-for-trace.ts';
export { compareMoments, isBefore, isSameMoment } from './moment.ts';
export * from './patterns/access-pattern.ts';
export * from './patterns/access-range.ts';
export { globTest } from './patterns/glob.ts';
export * from './patterns/hit-condition.ts';
export { closeNames, didYouMean } from './patterns/suggest.ts';
export type { RecordSource } from './record-source.ts';
export { stopsIn } from './record-stops.ts';
export {
  type RecordedPlace,
  type RecordedSummary,
  recordedSummary,
} from './recorded/recorded-summary.ts';
export type { ReduceTarget } from './reduce/reduce-target.ts';
export {
  type ReducedTrace,
  type ReduceOptions,
  reduceTrace,
} from './reduce/reduce-trace.ts';
export { symbolicPlace } from './reduce/symbolic-place.ts';
export { parseRegisterDescription } from './register-description/parse-description.ts';
export type { RegisterDescription } from './register-description/register-description.ts';
export * from './register-directory.ts';
export { directoryFor, REGISTER_NAMES } from './register-names.ts';
export type { Comparison } from './replay/compare.ts';
export { DUMP_EXPLANATIONS, type DumpExplanation } from './replay/dump-explanations.ts';
export { type DumpedDevice, type DumpRow, type DumpScore, scoreDump } from './replay/dump-score.ts';
export { EXECUTION_REGISTERS, type ExecutionRegister } from './replay/execution-registers.ts';
export { EXPLAINED_RULES, type ExplainedRule } from './replay/explained-rules.ts';
export { HOST_REGISTERS, type HostRegister } from './replay/host-registers.ts';
export { HOST_VALUES, type HostValue } from './replay/host-values.ts';
export { lastAnswer } from './replay/last-answer.ts';
export type { ComparePolicy } from './replay/record-applier.ts';
export * from './replay/score.ts';
export { VOLATILE_REGISTERS, type VolatileRegister } from './replay/volatile-registers.ts';
export type { ResultScore } from './results/judge-results.ts';
export { RESULT_RULES, type ResultRule } from './results/result-rules.ts';
export { resultText } from './results/result-text.ts';
export * from './scenario/coverage.ts';
export * from './scenario/coverage-tables.ts';
export { hasExpectations, runScenario, type ScenarioOptions } from './scenario/run-scenario.ts';
export type * from './scenario/scenario-result.ts';
export type * from './session.ts';
export { guestName } from './together/guest-name.ts';
export { GuestRecords } from './together/guest-records.ts';
export * from './together/host-from-traces.ts';
export * from './together/merge-traces.ts';
export { scoreTogether } from './together/score-together.ts';
export { type Interleave, turnsOf } from './together/turns.ts';
export type { TraceModel } from './trace-model.ts';
export type { TracepointScore } from './tracepoints/judge-tracepoints.ts';
export { TRACEPOINT_RULES, type TracepointRule } from './tracepoints/tracepoint-rules.ts';
