import { parentPort } from 'node:worker_threads';
import type { AnswerMessage, RequestMessage } from './messages.ts';
import { TraceDesk } from './trace-desk.ts';

const desk = new TraceDesk();

parentPort?.on('message', async ({ id, request }: RequestMessage) => {
  parentPort?.postMessage(await answer(id, request));
});

async function answer(id: number, request: RequestMessage['request']): Promise<AnswerMessage> {
  try {
    return { id, answer: await desk.answer(request) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
