import { available } from '../graphics-memory.ts';
import { GRAPHICS_SIZE } from '../host-config.ts';
import type { HostGpu } from '../host-gpu.ts';
import { ERRNO, type HostProblem } from '../host-problem.ts';
import { kick } from '../slices.ts';
import { USUAL_WEIGHT } from '../vgpu-types.ts';
import { type HostFile, invalid, numberIn, SYSFS, withoutEffect } from './host-file.ts';
import { virtualEventFile } from './virtual-event.ts';

const MIB = 0x100000;
const FOLDER = `${SYSFS}/control`;
export const FOREGROUND_VM = `${FOLDER}/foreground_vm`;
export const CREATE_INSTANCE = `${FOLDER}/create_vgt_instance`;

/** `/sys/kernel/vgt/control` of the old trees (gvt-facts §14.4). */
export function controlFiles(gpu: HostGpu): readonly HostFile[] {
  const { state } = gpu.host;
  return [
    { path: CREATE_INSTANCE, write: (text) => createInstance(gpu, text) },
    {
      path: `${FOLDER}/display_owner`,
      read: () => '0\n',
      write: ownDisplay,
      note: 'the display engine is the host’s: no other value has an effect, in the kernel neither',
    },
    {
      path: FOREGROUND_VM,
      read: () => `${gpu.foreground}\n`,
      write: (text) => gpu.writeForegroundVm(text),
    },
    virtualEventFile(gpu, `${FOLDER}/virtual_event`),
    {
      path: `${FOLDER}/ctx_switch`,
      read: () => `VGT context switch: ${onOff(state.switching)}\n`,
      write: (text) => switchContexts(gpu, text),
      ...(gpu.host.config.scheduling === 'sliced'
        ? {}
        : { note: 'has an effect with time slices only ("schedule": "sliced")' }),
    },
    {
      path: `${FOLDER}/validate_ctx_switch`,
      read: () => `VGT check mmio restore: ${onOff(false)}\n`,
      write: (text) => numbered(text) ?? withoutEffect(NOT_VALIDATED),
      note: 'not modelled: registers are never compared behind a switch',
    },
    {
      path: `${FOLDER}/display_switch_method`,
      read: () =>
        'VGT display_owner switch: using the fast-path method. (write 0 to use the slow-path method)\n',
      write: (text) => numbered(text) ?? withoutEffect(FAST_PATH),
      note: 'always the fast path, whatever is written, as in the kernel',
    },
    {
      path: `${FOLDER}/available_resource`,
      read: () => availableResource(gpu),
      note: 'free low and high graphics memory in MiB, and fences; the kernel’s text has more',
    },
  ];
}

const NOT_VALIDATED =
  'validate_ctx_switch is not modelled: registers are not compared behind a switch.';
const FAST_PATH = 'display_switch_method stays with the fast path, whatever is written.';

function onOff(on: boolean): string {
  return on ? 'enabled' : 'disabled';
}

function numbered(text: string): HostProblem | undefined {
  return numberIn(text) === undefined ? invalid(`"${text.trim()}" is no number.`) : undefined;
}

function ownDisplay(text: string): HostProblem | undefined {
  const id = numberIn(text);
  if (id === undefined) return numbered(text);
  if (id === 0) return undefined;
  return withoutEffect(
    `The display engine stays with the host (0): no vGPU can own it, ${id} neither. foreground_vm says whose picture is shown.`,
  );
}

/** Render switches stop: the vGPU that has the engines keeps them. */
function switchContexts(gpu: HostGpu, text: string): HostProblem | undefined {
  const value = numberIn(text);
  if (value === undefined) return numbered(text);
  if (gpu.host.config.scheduling !== 'sliced') {
    return withoutEffect(
      'ctx_switch has an effect with time slices only: here a vGPU gets engines when it needs them.',
    );
  }
  gpu.host.state.switching = value !== 0;
  kick(gpu.host);
  return undefined;
}

function availableResource({ host }: HostGpu): string {
  const layout = { aperture: host.config.apertureSize, total: GRAPHICS_SIZE };
  const { low, high, fences } = available(layout, host.state.holdings);
  return `${low / MIB} ${high / MIB} ${fences}\n`;
}

const INSTANCE =
  'create_vgt_instance takes "id low_MB high_MB fences [primary]", with spaces or commas, or a negative id, which destroys.';

/** The numbers in what is written to `create_vgt_instance`; undefined where that is something else. */
export function instanceNumbers(text: string): readonly number[] | undefined {
  const parts = text.trim().split(/[\s,]+/);
  return parts.every((part) => /^-?\d+$/.test(part)) ? parts.map(Number) : undefined;
}

function createInstance(gpu: HostGpu, text: string): HostProblem | undefined {
  const numbers = instanceNumbers(text);
  if (numbers === undefined) return invalid(INSTANCE);
  const [id = 0, low = 0, high = 0, fences = 0, primary = 1] = numbers;
  if (numbers.length === 1 && id < 0) return gpu.destroy(-id);
  if (numbers.length < 4 || numbers.length > 5 || id <= 0) return invalid(INSTANCE);
  if (low <= 0 || high < 0 || fences <= 0 || Math.abs(primary) > 1) return invalid(INSTANCE);
  const wanted = { low: low * MIB, high: high * MIB, fences, weight: USUAL_WEIGHT };
  const made = gpu.create({ id, wanted, more: primary === 0 ? { secondary: true } : {} });
  return typeof made === 'number' ? undefined : made;
}

/** A vGPU that a recording is replayed on cannot go: who would answer its accesses? */
export function recordingProblem(id: number): HostProblem {
  return {
    errno: ERRNO.busy,
    problem: `vGPU ${id} has a recording that is replayed on it: in a session it cannot be destroyed.`,
  };
}
