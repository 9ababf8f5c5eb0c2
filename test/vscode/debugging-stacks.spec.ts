import { describe } from 'node:test';
import { dataBreakpoints } from './parts/data-breakpoints.ts';
import { evaluating } from './parts/evaluating.ts';
import { functionBreakpoints } from './parts/function-breakpoints.ts';
import { inspecting } from './parts/inspecting.ts';
import { lineBreakpoints } from './parts/line-breakpoints.ts';
import { opening } from './parts/opening.ts';
import { stepping } from './parts/stepping.ts';
import { STACKS } from './support/recordings.ts';
import { useWorkbench } from './support/use-workbench.ts';

describe('a recording with call stacks, debugged without a launch.json', () => {
  const vscode = useWorkbench('stacks');
  opening(vscode, STACKS);
  stepping(vscode, STACKS);
  lineBreakpoints(vscode, STACKS);
  functionBreakpoints(vscode, STACKS);
  dataBreakpoints(vscode, STACKS);
  inspecting(vscode, STACKS);
  evaluating(vscode, STACKS);
});
