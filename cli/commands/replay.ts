import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
export const replayCommand: Command = {
  name: 'replay',
  summary: '',
  details: '',
  options: [],
  run: async () => ExitStatus.ok,
};
