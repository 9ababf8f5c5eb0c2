/** Largest number of a surface format that has a place in a field (10 bits); what is above stands for no hardware. */
const MOST = 0x3ff;

/** Numbers and names of surface formats, out of the enumeration in Mesa's `isl.h`. */
export function readFormats(header: string): ReadonlyMap<number, string> {
  const rows = header.matchAll(/\bISL_FORMAT_(\w+)\s*=\s*(0x[0-9a-f]+|\d+)\s*,/gi);
  const formats = [...rows].map(([, name = '', value]) => [Number(value), name] as const);
  return new Map(formats.filter(([value]) => value <= MOST));
}
