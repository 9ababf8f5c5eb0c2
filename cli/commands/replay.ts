import type { Command } from '../command.ts';
import { TRACE_OPTIONS } from '../load-trace.ts';
import { REGISTERS_OPTION } from '../register-file.ts';
import { replayAlone } from './replay-alone.ts';
import { IMAGE_OPTIONS } from './replay-image.ts';
import { REPLAY_OPTIONS, replayRequest } from './replay-options.ts';
import { replayTogether, TOGETHER_OPTIONS } from './replay-together.ts';

export const replayCommand: Command = {
  name: 'replay',
  summary: "give a trace to the emulated vGPU and compare its answers with the trace's",
  details:
    "Replays a trace on the emulated vGPU and compares the model's answers with the recorded ones.\n" +
    'Ends with status 1 where an answer differs without an explanation (a divergence).\n' +
    'Of a device that is not emulated it tells what the trace shows: its registers, how often each was\n' +
    'accessed, and what it holds at the end.\n' +
    'docs/comparison.md says which reads count and which differences are explained.\n\n' +
    'Several traces are guests of one host GPU, each on a vGPU of its own: they share its graphics\n' +
    'memory, fences and engines, and each is compared with its own recording. Every guest needs a\n' +
    'slice of graphics memory of its own (vgpu guest --gm records one with another slice).\n\n' +
    'With --save-image the vGPU is written as it is at a moment, as for a migration to another host;\n' +
    'with --from-image a new vGPU takes it and goes on from there. What is compared of such a part are\n' +
    'the reads.',
  severalTraces: true,
  options: [
    ...REPLAY_OPTIONS,
    ...TOGETHER_OPTIONS,
    ...IMAGE_OPTIONS,
    ...TRACE_OPTIONS.filter(({ name }) => name !== 'device'),
    REGISTERS_OPTION,
  ],
  async run(path, args, terminal) {
    const request = replayRequest(args);
    const isOnHost =
      args.positionals.length > 1 || TOGETHER_OPTIONS.some(({ name }) => args.text(name));
    return isOnHost
      ? replayTogether(args, request, terminal)
      : replayAlone(path, args, request, terminal);
  },
};
