import {
  type DeviceListener,
  type GoldenState,
  type Platform,
  switchedRegisters,
} from '../../emulator/index.ts';
import { isAccess, RecordKind, type TraceStore } from '../../trace/index.ts';
import type { Replayer } from '../replay/replayer.ts';
import { AskedTracepoints } from './asked-tracepoints.ts';
import { TracepointJudge, type TracepointScore } from './judge-tracepoints.ts';
import { MadeTracepoints } from './made-tracepoints.ts';
import { isAbout, recordedTracepoints } from './recorded-tracepoints.ts';

const NO_ACCESSES =
  'the log shows none of the guest’s accesses, so that the model has nothing to do: trace kvm_mmio as well';

/** The events of a trace, compared while it is replayed. */
export interface ScoredTracepoints {
  readonly listener: DeviceListener;
  /** The trace has been replayed. */
  end(): TracepointScore;
}

/** Which device a trace shows events of. */
interface TracedOn {
  readonly platform?: Platform;
  readonly vgpu?: number;
  readonly golden?: GoldenState | undefined;
}

/** For a trace that has events of GVT-g's; takes the replayer's remarks. */
export function scoredTracepoints(
  replayer: Replayer,
  { platform = 'skl', vgpu, golden }: TracedOn,
): ScoredTracepoints | undefined {
  const { store, device } = replayer;
  const recorded = recordedTracepoints(store, vgpu);
  if (recorded.size === 0) return undefined;
  const judge = new TracepointJudge(golden);
  const made = new MadeTracepoints(() => replayer.accesses);
  const accesses = accessesOf(store);
  if (accesses > 0) {
    const switched = switchedRegisters(platform).filter(
      // Broadwell switches those of the context image as well.
      ({ inContext }) => platform === 'bdw' || !inContext,
    );
    const asked = new AskedTracepoints(device, switched, golden);
    replayer.remarks = (record, kind) => {
      const text = kind === RecordKind.note ? store.text(record) : '';
      const answer = isAbout(text, vgpu) ? asked.ask(text) : undefined;
      if (answer === undefined) return;
      const place = { access: replayer.accesses, line: store.line(record) };
      judge.asked({ ...answer.event, ...place }, answer.verdict);
    };
  }
  return {
    listener: listenerOf(made),
    end() {
      if (accesses === 0) {
        judge.only(recorded);
        return judge.score(NO_ACCESSES);
      }
      judge.streams(recorded, made.streams, accessesOf(store, replayer.firstSubmission));
      return judge.score();
    },
  };
}

/** How many accesses there are before a record. */
function accessesOf(store: TraceStore, end = store.length): number {
  let accesses = 0;
  for (let record = 0; record < Math.min(end, store.length); record++) {
    if (isAccess(store.kind(record))) accesses++;
  }
  return accesses;
}

/** A listener's methods are called by name. */
function listenerOf(made: MadeTracepoints): DeviceListener {
  return {
    scanned: (event) => made.scanned(event),
    interruptRegister: (event) => made.interruptRegister(event),
    interrupt: (event) => made.interrupt(event),
    shadow: (event) => made.shadow(event),
  };
}
