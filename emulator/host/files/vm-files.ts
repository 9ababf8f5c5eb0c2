import { coreOf } from '../host.ts';
import type { HostGpu } from '../host-gpu.ts';
import { type HostFile, SYSFS } from './host-file.ts';
import { portFiles } from './port-files.ts';

/** `/sys/kernel/vgt/vm<id>` of the old trees, for each vGPU (gvt-facts §14.4). */
export function vmFiles(gpu: HostGpu): readonly HostFile[] {
  return gpu.vgpus.flatMap(({ id }) => {
    const core = coreOf(gpu.host, id);
    if (core === undefined) return [];
    const folder = `${SYSFS}/vm${id}`;
    const { mappableBase, mappableSize, hiddenSize } = core.config.partition;
    return [
      { path: `${folder}/vgt_id`, read: () => `${id.toString(16)}\n` },
      { path: `${folder}/gm_sz`, read: () => long(mappableSize + hiddenSize) },
      { path: `${folder}/aperture_sz`, read: () => long(mappableSize) },
      {
        path: `${folder}/aperture_base`,
        read: () => long(mappableBase),
        note: 'the graphics address of the slice: where the host’s BAR2 is is not modelled',
      },
      { path: `${folder}/schedule`, read: () => `${schedule(gpu, id)}\n` },
      ...portFiles(core, folder),
    ];
  });
}

function long(value: number): string {
  return `${value.toString(16).padStart(16, '0')}\n`;
}

/** Whether it has the render engine, waits for it, or is not scheduled at all. */
function schedule(gpu: HostGpu, id: number): string {
  if (gpu.vgpus.find((each) => each.id === id)?.active !== true) return 'REMOVED';
  return gpu.ownerOf('RCS0') === id ? 'ACTIVE' : 'DEACTIVE';
}
