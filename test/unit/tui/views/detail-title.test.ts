import { expect, it } from 'vitest';
import { NOW_MS, failedPipeline, putBack, snapshot } from '../../../fakes/snapshots.ts';
import { plainText } from '../../../../src/tui/format/line.ts';
import { detailTitle } from '../../../../src/tui/views/detail-title.ts';
import { fleetItems } from '../../../../src/tui/views/pipeline-look.ts';

it.each([
  [failedPipeline(), 80, ' checkout · prod · v412 since 14:00:03 (6 min) · was v411'],
  [failedPipeline(), 50, ' checkout · prod · v412 for 6 min · was v411'],
  [putBack(), 80, ' checkout · prod · v411 put back 14:02:03 (4 min) · was v412'],
])('says which version serves and since when (%#)', (view, columns, text) => {
  const item = fleetItems(snapshot({ pipelines: [view] }))[0]!;
  expect(plainText(detailTitle(item, NOW_MS, columns))).toBe(text);
});
