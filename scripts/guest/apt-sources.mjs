// The package sources that the private apt configuration reads: the machine's own mirror and keys, the guest's release.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../lib/run.mjs';

/** Debian 12: the last release with an i386 kernel. Its backports have a kernel of another version. */
const suites = ['bookworm', 'bookworm-backports'];
const ownList = '/etc/apt/sources.list';
const ownParts = '/etc/apt/sources.list.d';

/** A deb822 source file for the guest's release, from the mirror that this machine takes its own packages from. */
export function privateSources() {
  const found = machineSources().find(isDebian);
  if (found === undefined) {
    throw new CommandError(
      `The live guest is made from Debian packages, and no Debian mirror stands in ${ownList} or ${ownParts}.`,
    );
  }
  const signedBy = found.signedBy === undefined ? '' : `Signed-By: ${found.signedBy}\n`;
  return `Types: deb\nURIs: ${found.uri}\nSuites: ${suites.join(' ')}\nComponents: main\n${signedBy}`;
}

/** A mirror of Debian's main archive, not of its security updates or somebody else's packages. */
function isDebian({ uri, suites: offered, components }) {
  return (
    /\/debian\/?$/.test(uri) &&
    components.includes('main') &&
    offered.some((suite) => /^[a-z]+$/.test(suite))
  );
}

function machineSources() {
  const parts = existsSync(ownParts)
    ? readdirSync(ownParts).map((name) => path.join(ownParts, name))
    : [];
  return [ownList, ...parts].filter((file) => existsSync(file)).flatMap(sourcesIn);
}

function sourcesIn(file) {
  const text = readFileSync(file, 'utf8').replace(/^#.*\n/gm, '');
  if (file.endsWith('.sources')) return text.split(/\n\s*\n/).flatMap(stanzaSource);
  return file.endsWith('.list') ? text.split('\n').flatMap(lineSource) : [];
}

function stanzaSource(stanza) {
  const field = (name) =>
    new RegExp(`^${name}:\\s*(.*(?:\\n[ \\t].*)*)`, 'im').exec(stanza)?.[1]?.trim();
  const [uri] = (field('URIs') ?? '').split(/\s+/);
  if (uri === '' || /^no$/i.test(field('Enabled') ?? '')) return [];
  const words = (name) => (field(name) ?? '').split(/\s+/);
  return [
    {
      uri,
      suites: words('Suites'),
      components: words('Components'),
      signedBy: signer(field('Signed-By')),
    },
  ];
}

/** A key that stands in the stanza itself goes over with its lines; a file by its name. */
function signer(value) {
  return value?.replace(/\n[ \t]*/g, '\n ');
}

function lineSource(line) {
  const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.*)$/.exec(line.trim());
  if (match === null) return [];
  const [, options = '', uri, suite, components] = match;
  const signedBy = /signed-by=(\S+)/.exec(options)?.[1];
  return [{ uri, suites: [suite], components: components.split(/\s+/), signedBy }];
}
