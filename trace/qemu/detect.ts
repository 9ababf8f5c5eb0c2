import { scoreLines } from '../text/detect-lines.ts';

const PREFIX = '(?:[0-9]+@[0-9]+\\.[0-9]+:)?';
const ACCESS = new RegExp(
  `^${PREFIX}(vfio_region_(read|write)  ?\\(|vfio_pci_(read|write)_config  ?\\(|memory_region_ops_(read|write) cpu )`,
);
/** QEMU's names of what may stand beside accesses. */
const VFIO_EVENT = new RegExp(`^${PREFIX}vfio_[a-z0-9_]+ `);
const TIMED_EVENT = /^[0-9]+@[0-9]+\.[0-9]{6}:[a-z][a-zA-Z0-9_]+( |$)/;

/** How much a file looks like the output of QEMU's -trace: by the share of lines that do. */
export function scoreQemuLog(head: Uint8Array): number {
  return scoreLines(head, (line) => {
    if (ACCESS.test(line) || VFIO_EVENT.test(line)) return 1;
    return TIMED_EVENT.test(line) ? 0.8 : 0;
  });
}
