import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useStages } from './stages.ts';

const StageNamesContext = createContext<ReadonlyMap<string, string>>(new Map());

/** Looks the stages' names up once for all that shows them: a list draws hundreds at a time. */
export function StageNames({ children }: { children: ReactNode }) {
  const stages = useStages();
  const names = useMemo(() => new Map(stages.map(({ stage, label }) => [stage as string, label])), [stages]);
  return <StageNamesContext value={names}>{children}</StageNamesContext>;
}

/** What the workspace calls each stage. */
export function useStageNames(): ReadonlyMap<string, string> {
  return useContext(StageNamesContext);
}
