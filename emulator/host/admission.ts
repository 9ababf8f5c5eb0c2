import { allEngines } from '../engine/engine.ts';
import { dropWork } from '../engine/execlist.ts';
import { lookForWork, setGate } from '../engine/pace.ts';
import { destroyAllRoots } from '../gtt/shadow/shadow-roots.ts';
import type { Partition } from '../partition.ts';
import { INTEL_VENDOR_ID } from '../pci/device-ids.ts';
import { mapAperture, trapRegisters } from '../pci/memory-decode.ts';
import type { VgpuConfig } from '../vgpu-config.ts';
import { showOnScreen } from './foreground.ts';
import {
  type Holding,
  partitionOf,
  takeMemory,
  takeSlice,
  type Wanted,
} from './graphics-memory.ts';
import { writeHostFence } from './hardware.ts';
import { type Host, recordOf } from './host.ts';
import { GRAPHICS_SIZE } from './host-config.ts';
import { ERRNO, type HostProblem, isProblem } from './host-problem.ts';
import type { VgpuRecord } from './host-state.ts';
import type { HostedVgpu } from './hosted-vgpu.ts';
import { CREATE_STEPS, type CreateStep, DESTROY_STEPS, type DestroyStep } from './life-cycle.ts';
import { releaseEngines } from './ownership.ts';
import { stopScheduling } from './scheduler.ts';
import { typeNamed, USUAL_WEIGHT } from './vgpu-types.ts';

/** Ids go from 1 to 7 (gvt-facts §2.1). */
export const MOST_VGPUS = 7;

/** What a new vGPU shall be: of a type, of given sizes, or with a given slice. */
export interface VgpuRequest {
  /** `i915-GVTg_V5_4`. */
  readonly type?: string;
  readonly wanted?: Wanted & { readonly weight?: number };
  readonly slice?: Partition;
  /** The first free one if absent. */
  readonly id?: number;
  /** Everything else of its configuration. */
  readonly more?: Partial<Omit<VgpuConfig, 'id' | 'partition' | 'platform' | 'apertureSize'>>;
}

/** Makes a vGPU, step by step in the order of gvt-facts §12.1; a failure unwinds what was made. */
export function createRecord(host: Host, request: VgpuRequest): VgpuRecord | HostProblem {
  const made: CreateStep[] = [];
  let id = 0;
  let holding: Holding | undefined;
  for (const step of CREATE_STEPS) {
    let problem: HostProblem | undefined;
    if (step === 'id') {
      const given = chooseId(host, request.id);
      if (typeof given === 'number') id = given;
      else problem = given;
    } else if (step === 'graphics memory and fences') {
      const taken = takeFor(host, id, request);
      if (isProblem(taken)) problem = taken;
      else holding = taken;
    }
    if (problem !== undefined) {
      for (const each of made.reverse()) tell(host, id, 'unmake', each);
      return problem;
    }
    made.push(step);
    tell(host, id, 'make', step);
  }
  if (!holding) return { errno: ERRNO.noMemory, problem: 'No graphics memory was taken.' };
  return admit(host, id, holding, request);
}

function admit(host: Host, id: number, holding: Holding, request: VgpuRequest): VgpuRecord {
  const { config, state } = host;
  const type = request.type === undefined ? undefined : typeNamed(config.platform, request.type);
  const record: VgpuRecord = {
    id,
    serial: state.nextSerial++,
    config: {
      platform: config.platform,
      vendorId: INTEL_VENDOR_ID,
      deviceId: config.deviceId,
      revisionId: config.revisionId,
      ...(config.golden === undefined ? {} : { golden: config.golden }),
      pvinfoCaps: 0x1c,
      ...request.more,
      id,
      partition: partitionOf(holding),
      apertureSize: config.apertureSize,
    },
    weight: type?.weight ?? request.wanted?.weight ?? USUAL_WEIGHT,
    domid: -1,
    active: false,
    born: state.now,
  };
  state.holdings.push(holding);
  state.vgpus = [...state.vgpus, record].sort((a, b) => a.id - b.id);
  return record;
}

function chooseId(host: Host, wanted: number | undefined): number | HostProblem {
  if (wanted !== undefined && (wanted < 1 || wanted > MOST_VGPUS)) {
    return { errno: ERRNO.invalid, problem: `A vGPU's id is 1 to ${MOST_VGPUS}, not ${wanted}.` };
  }
  if (wanted !== undefined && recordOf(host, wanted)) {
    return { errno: ERRNO.exists, problem: `There is a vGPU ${wanted} already.` };
  }
  for (let id = 1; id <= MOST_VGPUS; id++) {
    if (recordOf(host, wanted ?? id) === undefined) return wanted ?? id;
  }
  return { errno: ERRNO.noSpace, problem: `There are ${MOST_VGPUS} vGPUs already.` };
}

function takeFor(host: Host, id: number, request: VgpuRequest): Holding | HostProblem {
  const layout = { aperture: host.config.apertureSize, total: GRAPHICS_SIZE };
  const { holdings } = host.state;
  if (request.slice) return takeSlice(layout, holdings, id, request.slice);
  const type =
    request.type === undefined ? undefined : typeNamed(host.config.platform, request.type);
  const wanted = type ?? request.wanted;
  if (wanted) return takeMemory(layout, holdings, id, wanted);
  return { errno: ERRNO.invalid, problem: `There is no vGPU type "${request.type ?? ''}".` };
}

/** Unmakes a vGPU in the order of gvt-facts §12.4. */
export function destroyRecord(host: Host, record: VgpuRecord, device: HostedVgpu): void {
  for (const step of DESTROY_STEPS) {
    tell(host, record.id, 'unmake', step);
    unmake[step]?.(host, record, device);
  }
}

type Unmake = (host: Host, record: VgpuRecord, device: HostedVgpu) => void;

const unmake: Partial<Record<DestroyStep, Unmake>> = {
  id: ({ state }, { id }) => {
    state.vgpus = state.vgpus.filter((each) => each.id !== id);
  },
  'schedule policy': ({ state }, { id }) => stopScheduling(state.scheduler, id, state.now),
  submission: (host, { id }, { vgpu }) => {
    setGate(vgpu.core, 'closed');
    for (const engine of allEngines(vgpu.core)) dropWork(engine);
    lookForWork(vgpu.core);
    releaseEngines(host, id);
  },
  display: (host, { id }) => {
    if (host.state.wantedForeground === id) host.state.wantedForeground = -1;
    if (host.state.foreground === id) showOnScreen(host, 0);
  },
  'GTT trees': (_host, _record, { vgpu }) => destroyAllRoots(vgpu.core),
  'BAR regions': (host, { domid }, { vgpu }) => {
    trapRegisters(vgpu.core, false);
    mapAperture(vgpu.core, false);
    if (domid >= 0) host.hypervisor?.detach(domid);
    vgpu.attachServices(undefined);
  },
  'graphics memory and fences': (host, { id }) => {
    const holding = host.state.holdings.find((each) => each.id === id);
    for (const fence of holding?.fences ?? []) {
      writeHostFence(host.hardware, host.listener, fence, 0, 0);
    }
    host.state.holdings = host.state.holdings.filter((each) => each !== holding);
  },
};

function tell(host: Host, vgpu: number, direction: 'make' | 'unmake', step: string): void {
  host.listener?.lifeCycle?.({ vgpu, direction, step });
}
