/** A glob in the parts of a path: `**` for any folders, `*`, `?`, `[abc]` and `{a,b}` within a part. */
export interface GlobParts {
  /** Folder in which all that matches lies; empty for the present one. */
  readonly base: string;
  readonly parts: readonly (RegExp | 'any folders')[];
}

export function globParts(glob: string): GlobParts {
  const names = glob.split('/');
  const first = names.findIndex((name) => /[*?[{]/.test(name));
  const fixed = first < 0 ? names.length - 1 : first;
  const base = names.slice(0, fixed).join('/');
  const parts = names
    .slice(fixed)
    .filter((name) => name !== '' && name !== '.')
    .map((name) => (name === '**' ? 'any folders' : partPattern(name)));
  return { base: base === '' && glob.startsWith('/') ? '/' : base, parts };
}

/** Whether a path below the base, given in its parts, matches. */
export function matchesParts(parts: GlobParts['parts'], names: readonly string[]): boolean {
  const [part, ...others] = parts;
  const [name, ...below] = names;
  if (part === undefined) return name === undefined;
  if (part === 'any folders') {
    if (matchesParts(others, names)) return true;
    return name !== undefined && matchesParts(parts, below);
  }
  return name !== undefined && part.test(name) && matchesParts(others, below);
}

function partPattern(glob: string): RegExp {
  let source = '';
  let depth = 0;
  for (let at = 0; at < glob.length; at++) {
    const letter = glob[at] ?? '';
    const set = letter === '[' ? /^\[(!?)([^\]]+)\]/.exec(glob.slice(at)) : null;
    if (set !== null) {
      source += `[${set[1] === '!' ? '^' : ''}${(set[2] ?? '').replaceAll(/[\\^\]]/g, '\\$&')}]`;
      at += set[0].length - 1;
    } else if (letter === '*') source += source.endsWith('.*') ? '' : '.*';
    else if (letter === '?') source += '.';
    else if (letter === '{' && glob.includes('}', at)) {
      source += '(?:';
      depth++;
    } else if (letter === '}' && depth > 0) {
      source += ')';
      depth--;
    } else if (letter === ',' && depth > 0) source += '|';
    else source += letter.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${source}${')'.repeat(depth)}$`);
}
