/**
 * A test for names: `*` stands for any letters, `?` for one, all else for itself in any letter case. Takes at most
 * pattern length times name length steps; a regular expression made of many stars could take years.
 */
export function globTest(glob: string): (name: string) => boolean {
  const pattern = glob.toUpperCase();
  return (name) => matchesGlob(pattern, name.toUpperCase());
}

function matchesGlob(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  // Where to go on after a mismatch: the last star takes one letter more.
  let star = -1;
  let taken = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      taken = n;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
