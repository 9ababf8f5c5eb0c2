import { after, afterEach, before } from 'node:test';
import { Workbench } from './workbench.ts';

/**
 * One VS Code for the tests of a `describe`: started before the first, stopped after the last, and photographed
 * after each into test-results/screenshots/. The returned function gives the running one.
 */
export function useWorkbench(name: string, options: { folder?: string } = {}): () => Workbench {
  let workbench: Workbench | undefined;
  before(async () => {
    workbench = await Workbench.open(name, options);
  });
  afterEach(async (context) => {
    // The outermost suite stands before the first " > "; `name` says that shorter.
    const title = 'fullName' in context ? context.fullName.replace(/^.*? > /, '') : 'test';
    await workbench?.screenshot(`${name}-${title.replaceAll(/[^\w]+/g, '-')}`.slice(0, 120));
  });
  after(() => workbench?.close());
  return () => {
    if (workbench === undefined) throw new Error('VS Code has not been started.');
    return workbench;
  };
}
