// The guest's first file system: busybox, the kernel modules that i915 needs, the test programs, /init.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { archive, device, file, folder, link } from './cpio.mjs';
import { programSources } from './paths.mjs';

/** `modules` in the order in which they load; `programs` go to /bin. */
export function baseInitramfs({ busybox, modules, programs }) {
  const order = `${modules.map(({ name }) => name).join('\n')}\n`;
  return archive([
    folder('bin'),
    folder('dev'),
    folder('modules'),
    device('dev/console', 5, 1),
    device('dev/null', 1, 3),
    file('bin/busybox', readFileSync(busybox), 0o755),
    link('bin/sh', 'busybox'),
    ...programs.map(({ name, content }) => file(`bin/${name}`, content, 0o755)),
    file('modules/order', order),
    ...modules.map(({ name, content }) => file(`modules/${name}.ko`, content)),
    file('init', readFileSync(path.join(programSources, 'init')), 0o755),
  ]);
}
