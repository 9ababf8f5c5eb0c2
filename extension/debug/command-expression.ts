/** How the debugger names the command on a line. */
interface CommandLine {
  /** Of the document: `RCS0 ring at 0x37ffc000`. */
  readonly title: string;
  /** Its first line, which says what its addresses are. */
  readonly header: string;
  readonly line: string;
}

/** What the debugger evaluates to the command on a line of a ring or batch: `RCS0.ggtt:0x37ffc018`. */
export function commandExpression({ title, header, line }: CommandLine): string | undefined {
  const engine = /^\/?(\S+) .* at 0x/.exec(title)?.[1];
  const space = /^\/\/ (GGTT|PPGTT) addresses/.exec(header)?.[1]?.toLowerCase();
  const address = /^0x[0-9a-f]+/.exec(line)?.[0];
  if (engine === undefined || space === undefined || address === undefined) return undefined;
  return `${engine}.${space}:${address}`;
}
