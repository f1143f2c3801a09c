import { SeasonSpan } from '../../stats/season-span.ts';
import { SeasonTable } from '../../stats/season-table.ts';
import { SlotClock } from '../../stats/slot-clock.ts';
import { sortedMad, sortedMedian } from '../../stats/sorted-span.ts';
import { SortedWindow } from '../../stats/sorted-window.ts';
import { BandDetector, type BandModel } from '../band.ts';
import { floorPercent, gracePeriod } from '../common-parameters.ts';
import type { DetectorKind, DetectorState, Parameters } from '../detector.ts';
import { completeParameters } from '../parameters.ts';
import { savedState } from '../saved-state.ts';

/** Fewer values from earlier days say nothing about this time of day. */
const LEAST_SEEN = 5;
const RECENT = 60;
/** Residuals kept for their deviation, one in `RESIDUAL_EVERY`: a week of minutes. */
const RESIDUALS = 360;
const RESIDUAL_EVERY = 28;

const PARAMETERS = {
  limit: {
    default: 5,
    minimum: 0.5,
    maximum: 100,
    unit: 'robust deviations',
    text: 'Anomalous beyond this distance from the median of the same time on earlier days.',
  },
  gracePeriod: gracePeriod(10),
  floorPercent: floorPercent(2),
} as const satisfies Parameters;

/** Median and deviation of the same time of day over a week; of the last samples while there is no earlier day. */
function seasonalModel(settings: Readonly<Record<string, number>>, state: DetectorState | null): BandModel {
  const saved = state === null ? null : savedState('seasonal', state);
  const clock = SlotClock.restore(saved?.numbers('clock') ?? []);
  const recent = SortedWindow.restore(RECENT, saved?.numbers('recent') ?? []);
  const kept = saved?.numbers('season') ?? [];
  let season = kept.length > 0 ? new SeasonSpan(SeasonTable.restore(clock.slotsPerDay, kept)) : null;
  const residuals = SortedWindow.restore(RESIDUALS, saved?.numbers('residuals') ?? []);
  let sinceResidual = saved?.number('sinceResidual') ?? 0;
  return {
    expect: (_value, atMs, band) => {
      if (recent.count < Math.min(RECENT, settings['gracePeriod']!)) return false;
      const spread = recent.mad(recent.median());
      season?.moveTo(clock.slotOf(atMs));
      if (season === null || season.count < LEAST_SEEN) {
        band.centre = recent.median();
        band.scale = spread;
      } else {
        const { sorted, count } = season;
        band.centre = sortedMedian(sorted, count);
        band.scale = Math.max(sortedMad(sorted, count, band.centre), residuals.count === 0 ? spread : residuals.mad(0));
      }
      band.scale = Math.max(band.scale, (Math.abs(band.centre) * settings['floorPercent']!) / 100);
      return true;
    },
    learn: (value, atMs) => {
      clock.pass(atMs);
      season?.moveTo(clock.slotOf(atMs));
      if (
        season !== null &&
        season.count >= LEAST_SEEN &&
        (residuals.count < RECENT || sinceResidual >= RESIDUAL_EVERY)
      ) {
        residuals.push(value - sortedMedian(season.sorted, season.count));
        sinceResidual = 0;
      }
      sinceResidual += 1;
      recent.push(value);
      if (clock.slotsPerDay === 0) return;
      season ??= new SeasonSpan(new SeasonTable(clock.slotsPerDay));
      season.table.add(clock.slotOf(atMs), value);
    },
    save: () => ({
      clock: clock.save(),
      recent: recent.save(),
      season: season?.table.save() ?? [],
      residuals: residuals.save(),
      sinceResidual,
    }),
  };
}

/** Registry entry of the seasonal baseline. */
export const seasonal: DetectorKind = {
  name: 'seasonal',
  text: 'Distance from the median of the same time on earlier days, in robust deviations.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    const settings = completeParameters('seasonal', PARAMETERS, parameters);
    return new BandDetector(series, settings['limit']!, seasonalModel(settings, null));
  },
  restore(series, parameters, state) {
    const settings = completeParameters('seasonal', PARAMETERS, parameters);
    return new BandDetector(series, settings['limit']!, seasonalModel(settings, state));
  },
};
