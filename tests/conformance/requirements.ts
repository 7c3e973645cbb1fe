import { aiNativeModel } from './ai-native-model.ts';
import { aiNativePerformance } from './ai-native-performance.ts';
import { aiNativeVectors } from './ai-native-vectors.ts';
import { blueprintAccess } from './blueprint-access.ts';
import { blueprintModel } from './blueprint-model.ts';
import { blueprintPerformance } from './blueprint-performance.ts';
import type { Item } from './requirement.ts';

export const items: readonly Item[] = [
  ...blueprintModel,
  ...blueprintPerformance,
  ...blueprintAccess,
  ...aiNativeModel,
  ...aiNativeVectors,
  ...aiNativePerformance,
];
