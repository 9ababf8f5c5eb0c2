import type { HostGpu } from '../host-gpu.ts';
import { ERRNO, type HostProblem } from '../host-problem.ts';
import { controlFiles } from './control-files.ts';
import { debugFiles } from './debug-files.ts';
import type { HostFile } from './host-file.ts';
import { vmFiles } from './vm-files.ts';

/** All files of a host as it is now. Good until its vGPUs change. */
export function hostFiles(gpu: HostGpu): readonly HostFile[] {
  return [...controlFiles(gpu), ...vmFiles(gpu), ...debugFiles(gpu)];
}

/** What a file says; undefined where there is none, or none that can be read. */
export function readHostFile(gpu: HostGpu, path: string): string | undefined {
  return fileAt(gpu, path)?.read?.();
}

/** Undefined where all is well. */
export function writeHostFile(gpu: HostGpu, path: string, text: string): HostProblem | undefined {
  const file = fileAt(gpu, path);
  if (file === undefined) return { errno: ERRNO.noEntry, problem: `There is no file ${path}.` };
  if (file.write !== undefined) return file.write(text);
  return { errno: ERRNO.noAccess, problem: `${path} can only be read.` };
}

function fileAt(gpu: HostGpu, path: string): HostFile | undefined {
  return hostFiles(gpu).find((file) => file.path === path);
}
