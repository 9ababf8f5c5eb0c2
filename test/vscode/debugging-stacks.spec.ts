import { describe } from 'node:test';
import { inspecting } from './parts/inspecting.ts';
import { useWorkbench } from './support/use-workbench.ts';

describe('looking into a recording with call stacks', () => {
  const vscode = useWorkbench('stacks');
  inspecting(vscode, 'skl-modeset-stacks.vgpu.gz');
});
