// The archive format of initial RAM file systems ("newc", Documentation/driver-api/early-userspace/buffer-format.rst in Linux).

const regular = 0o100000;
const directory = 0o040000;
const symlink = 0o120000;
const characterDevice = 0o020000;

export const file = (name, content, mode = 0o644) => entry(name, regular | mode, content);
export const folder = (name) => entry(name, directory | 0o755);
export const link = (name, target) => entry(name, symlink | 0o777, Buffer.from(target));
export const device = (name, major, minor) =>
  entry(name, characterDevice | 0o600, undefined, [major, minor]);

/** An archive of entries, in their order; folders must stand before what is in them. Times are 0: equal input, equal bytes. */
export function archive(entries) {
  return Buffer.concat([...entries, entry('TRAILER!!!', 0)]);
}

function entry(name, mode, content = Buffer.alloc(0), [major, minor] = [0, 0]) {
  const bytes = Buffer.from(content);
  const nameBytes = Buffer.from(`${name}\0`);
  // magic, inode, mode, uid, gid, links, mtime, size, device (2), special device (2), name size, check
  const fields = [0, mode, 0, 0, 1, 0, bytes.length, 0, 0, major, minor, nameBytes.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), nameBytes])), padded(bytes)]);
}

function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
