/** Scores are capped here, so that an absurd value stays a number that can be stored and compared. */
export const SCORE_CAP = 1000;

/** Values beyond this are scored but not learned: their squares would overflow. */
export const LARGEST_LEARNED = 1e150;
