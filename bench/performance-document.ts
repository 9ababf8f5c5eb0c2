import { machine, today } from './machine.ts';
import { missed, type Results, resultsMarkdown } from './results.ts';

/** docs/performance.md, whole. */
export function performanceDocument(results: readonly Results[]): string {
  const misses = missed(results);
  const summary =
    misses.length === 0
      ? 'All targets were met.'
      : `Not met:\n\n${misses.map((miss) => `- ${miss}`).join('\n')}`;
  return `# Performance

Measured on ${today()} by \`npm run bench -- --write\`, which also writes this page.

${machine()}.

${summary}

${resultsMarkdown(results)}
${EXPLANATION}`;
}

const EXPLANATION = `## How it is measured

Ratios are taken within one run: the thing and its baseline in turns, medians of several rounds. The baselines are in
\`bench/baselines/\` and are not changed to make a ratio better.

- **bare loop**: a recording's accesses in plain typed arrays, made ready before. Writes are stored in a typed array as
  large as BAR0, reads looked up there and compared with the recorded answer.
- **counting newlines**: a loop that looks at every byte of the same text once.
- **opening**: repeated, so that there is enough of it. Files of a few kilobytes open at 40 to 100 MB/s, as their
  headers weigh most.
- **memory a record**: what the store of an opened recording takes, divided by its records. Recordings of few records
  take more, as the sentences of a kernel's log and the memory that is shown stand beside them: 36 bytes of a boot of 2,658
  records, 18 of them for the record itself. An AUB file is mostly memory: its pages are kept as they are, and take 29
  bytes each beside that.
- **opened and debugged**: the packaged debug adapter as a child process: stop at the first record, steps, a run to the end
  and one back, jumps to random records with the scopes and a step there and back at each. What counts is the most
  memory that the process had resident.
- **seek**: from where the last seek ended to a random moment, evenly distributed, the whole trace having been passed
  once before.
- **checkpoints**: what they hold after one run through the trace, by the device's own account.
- **memory of a vGPU**: live objects and array buffers after garbage collection, before the vGPU is made and when it has
  replayed the recording, in a process of its own. Register file, GGTT, guest memory that the recording shows, and all
  checkpoints count; the recording and the register tables do not.
- **through DAP**: the packaged debug adapter as a child process, spoken to over stdio as VS Code does. *First stop* runs
  from starting the process to the \`stopped\` event. *Step* runs from the \`next\` request to the \`stopped\` event, *back*
  the same for \`stepBack\`. *Scopes* asks for the stack, the scopes, and the variables of every scope that is not marked
  expensive.
- **lines opened, edits**: the packaged language server as a child process, spoken to over stdio as an editor does. The text
  is sent with the first message; an edit inserts a line at a random place, and asks for the hints of the 60 lines there,
  which say what registers held before.
- **while the log is read anew**: the same in another program's log. Behind each edit hints are asked for over and over,
  until the server has been quiet, has read the whole log again, and has shown what is wrong with it; the slowest answer counts.
- **aubinator**: Mesa 22.3.6's, which has to be built from its sources; \`AUBINATOR=/path/to/aubinator npm run bench --
  decoding\` runs it in turns with ours. Lines are those that aubinator prints for the same file, whoever decodes it. *Once
  running* decodes the file in memory, to text that is counted; *the whole command* starts the program, reads the file
  and writes the text to another.
- **live guest**: how long the guest's accesses and the device's alarms take, of a run without a recording. It starts with
  a booted guest, before i915 is loaded, and ends with the scenario; \`vgpu guest --profile\` tells the same of one run.
- **activation**: \`activate()\` of the extension as it is packed, called inside VS Code's extension host (code-server in
  Chromium) until it has answered, after that of a small extension that comes with VS Code. Reading and compiling the code counts.

Times vary from run to run, and much where the machine is busy with other things; ratios vary less.
`;
