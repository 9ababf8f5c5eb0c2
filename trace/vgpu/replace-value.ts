/**
 * A line of a scenario with another value in it, all else as it was: the answer of a read in either form, what stands
 * behind the last `==` of an expectation, the bytes of expected memory. Undefined where the line has no such value.
 */
export function replaceValue(line: string, value: string): string | undefined {
  const code = /^(.*?)([ \t]+(?:@|\/\/)(?:[ \t].*)?|[ \t]*)$/s.exec(line);
  const [, body = line, behind = ''] = code ?? [];
  for (const shape of SHAPES) {
    const match = shape.exec(body);
    if (match !== null) return `${match[1] ?? ''}${value}${behind}`;
  }
  return undefined;
}

const SHAPES: readonly RegExp[] = [
  /^([ \t]*[ACI]?R(?:8|16|32|64)[ \t]+\S+[ \t]+(?:=[ \t]*)?)[0-9A-Za-z_]+(?:\+\w+)?$/,
  /^([ \t]*[ACI]?R[ \t]+[1248][ \t]+\S+[ \t]+(?:=[ \t]*)?)[0-9A-Za-z_]+$/,
  /^([ \t]*expect[ \t]+memory[ \t]+\S+[ \t]+)[0-9A-Fa-f? \t]+$/,
  /^([ \t]*expect[ \t]+[^=!<>&|?]*(?:\([^()]*\)[^=!<>&|?]*)?==[ \t]*)(?:0[xX][0-9A-Fa-f_]+|[0-9][0-9_]*)$/,
];
