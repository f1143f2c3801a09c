/** Random numbers as an argument: uniform in [0, 1). */
export type Rng = () => number;
