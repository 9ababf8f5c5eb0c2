import { describe } from 'node:test';
import { functionBreakpoints } from './parts/function-breakpoints.ts';
import { lineBreakpoints } from './parts/line-breakpoints.ts';
import { stepping } from './parts/stepping.ts';
import { useWorkbench } from './support/use-workbench.ts';

const RECORDING = 'skl-modeset-fbcon-gem.vgpu.gz';
const RECORDS = 1_593_971;

describe('debugging a recording of 1.6 million lines, without a launch.json', () => {
  const vscode = useWorkbench('fbcon');
  stepping(vscode, RECORDING, RECORDS);
  lineBreakpoints(vscode, RECORDING);
  functionBreakpoints(vscode, RECORDING);
});
