/** The only door of `language-server`. */
export { serve } from './server.ts';
