import { create } from 'zustand';
import type { ImportPlan } from '#shared/contract/imports.ts';
import { savedImport, saveImport } from './import-session.ts';
import type { ImportState, ImportStep } from './import-step.ts';

export const nothingChosen: ImportState = { step: { name: 'choose' }, plan: null, questions: [] };

export const useImport = create<ImportState>(() => savedImport() ?? nothingChosen);
useImport.subscribe(saveImport);

export function setStep(step: ImportStep): void {
  useImport.setState({ step });
}

export function changePlan(edit: (plan: ImportPlan) => ImportPlan): void {
  useImport.setState(({ plan }) => ({ plan: plan && edit(plan) }));
}
