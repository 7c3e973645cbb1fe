import { americasAndIsles } from './americas-and-isles.ts';
import { type Culture, readCulture } from './culture.ts';
import { europe } from './europe.ts';
import { otherScripts } from './other-scripts.ts';

export const cultures: readonly Culture[] = [...americasAndIsles, ...europe, ...otherScripts].map(
  readCulture,
);
