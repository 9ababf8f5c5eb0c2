import { describe } from 'node:test';
import { dataBreakpoints } from './parts/data-breakpoints.ts';
import { evaluating } from './parts/evaluating.ts';
import { functionBreakpoints } from './parts/function-breakpoints.ts';
import { inspecting } from './parts/inspecting.ts';
import { lineBreakpoints } from './parts/line-breakpoints.ts';
import { opening } from './parts/opening.ts';
import { stepping } from './parts/stepping.ts';
import { FBCON } from './support/recordings.ts';
import { useWorkbench } from './support/use-workbench.ts';

describe('a recording of 1.6 million lines, debugged without a launch.json', () => {
  const vscode = useWorkbench('fbcon');
  opening(vscode, FBCON);
  stepping(vscode, FBCON);
  lineBreakpoints(vscode, FBCON);
  functionBreakpoints(vscode, FBCON);
  dataBreakpoints(vscode, FBCON);
  inspecting(vscode, FBCON);
  evaluating(vscode, FBCON);
});
