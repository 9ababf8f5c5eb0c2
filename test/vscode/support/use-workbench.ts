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
    const title = 'name' in context ? context.name.replaceAll(/[^\w]+/g, '-') : 'test';
    await workbench?.screenshot(`${name}-${title}`.slice(0, 100));
  });
  after(() => workbench?.close());
  return () => {
    if (workbench === undefined) throw new Error('VS Code has not been started.');
    return workbench;
  };
}
