import type { Command } from '../command.ts';
import type { ExitStatus } from '../exit-status.ts';

export const lspCommand: Command = {
  name: 'lsp',
  summary: 'serve an editor: the Language Server Protocol on standard input and output',
  details:
    'Serves any editor that speaks the Language Server Protocol, for .vgpu files and the text logs that\n' +
    'vgpu reads. Ends when the editor says so.',
  withoutTrace: true,
  options: [{ name: 'stdio', help: 'on standard input and output, which is the only way' }],
  async run(_, __, terminal) {
    // No other command has use for it.
    const { serve } = await import('../../language-server/index.ts');
    serve(terminal.input, process.stdout);
    // The protocol's last message ends the process.
    return new Promise<ExitStatus>(() => undefined);
  },
};
