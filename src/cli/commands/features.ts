import type { Command } from 'commander';
import type { Frame } from '../frame.ts';
import { addFeaturesCi } from './features-ci.ts';
import { addFeaturesGit } from './features-git.ts';

/** `rollwatch features …`. */
export function addFeatures(program: Command, frame: Frame): void {
  const features = program.command('features').description('measure deployments: input of the risk model');
  for (const add of [addFeaturesGit, addFeaturesCi]) add(features, frame);
}
