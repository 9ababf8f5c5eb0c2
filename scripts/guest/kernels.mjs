// The two kernels on which the guest is tried: Debian's own 6.1, and one of another version from backports.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../lib/run.mjs';
import { dependenciesOf, packageNames } from './apt.mjs';

/** Plain 32-bit kernels: without PAE (the emulated processor has none), without the real-time patches, not for debugging. */
const plainKernel = /^linux-image-(\d+\.\d+)\.[^-]+-(?:(?!rt-)[^-]+-)?686$/;

/** Names of kernel packages: `stock` is what Debian 12 installs, `other` the newest of another version. */
export function kernelPackages() {
  const stock = dependenciesOf('linux-image-686:i386').find((name) =>
    name.startsWith('linux-image-'),
  );
  if (stock === undefined)
    throw new CommandError('Debian’s package linux-image-686 names no kernel.');
  const version = versionOf(stock.replace(/:i386$/, ''));
  const [other] = packageNames('linux-image-')
    .filter((name) => plainKernel.test(name) && versionOf(name) !== version)
    .sort((a, b) => compareVersions(versionOf(b), versionOf(a)));
  if (other === undefined)
    throw new CommandError(`Debian’s mirror has no i386 kernel besides ${version}.`);
  return { stock: withArchitecture(stock), other: withArchitecture(other) };
}

/** Where an unpacked kernel package has its image and its modules, and its full version. */
export function kernelIn(folder) {
  const modules = ['lib/modules', 'usr/lib/modules']
    .map((name) => path.join(folder, name))
    .find((name) => existsSync(name));
  const [release] = modules === undefined ? [] : readdirSync(modules);
  if (release === undefined) throw new CommandError(`${folder} holds no kernel modules.`);
  return {
    release,
    image: path.join(folder, 'boot', `vmlinuz-${release}`),
    modules: path.join(modules, release, 'kernel'),
  };
}

function withArchitecture(name) {
  return name.endsWith(':i386') ? name : `${name}:i386`;
}

function versionOf(name) {
  return plainKernel.exec(name)?.[1] ?? '';
}

function compareVersions(a, b) {
  const [[a0 = 0, a1 = 0], [b0 = 0, b1 = 0]] = [a, b].map((version) =>
    version.split('.').map(Number),
  );
  return a0 - b0 || a1 - b1;
}
