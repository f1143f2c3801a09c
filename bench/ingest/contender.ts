import { contenders } from './contenders.ts';

const [name, path] = process.argv.slice(2) as [keyof typeof contenders, string];
const before = performance.now();
const counted = await contenders[name](path);
console.log(JSON.stringify({ seconds: (performance.now() - before) / 1000, ...counted }));
