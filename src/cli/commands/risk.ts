import type { Command } from 'commander';
import type { Frame } from '../frame.ts';
import { addRiskCard } from './risk-card.ts';
import { addRiskEvaluate } from './risk-evaluate.ts';
import { addRiskExplain, addRiskPredict } from './risk-predict.ts';
import { addRiskTrain } from './risk-train.ts';

/** `rollwatch risk …`. */
export function addRisk(program: Command, frame: Frame): void {
  const risk = program
    .command('risk')
    .description('train, judge and ask the model that says how risky a deployment is');
  for (const add of [addRiskTrain, addRiskEvaluate, addRiskPredict, addRiskExplain, addRiskCard]) add(risk, frame);
}
