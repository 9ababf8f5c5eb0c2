import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

// The status is set, not exited with: what is still being written to a pipe must arrive.
process.exitCode = await runProgram(process.argv.slice(2), processTerminal());
