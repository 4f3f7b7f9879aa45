// p-map over the same jobs; prints jobs per second. The job gives way through the event loop, as Task.Yield does.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [jobs, workers, folder] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const require = createRequire(folder + '/');
const { default: pMap } = await import(pathToFileURL(require.resolve('p-map')));

const inputs = Array.from({ length: jobs }, (_, i) => i);
const job = async i => { await new Promise(setImmediate); return i; };

const start = performance.now();
const results = await pMap(inputs, job, { concurrency: workers });
const seconds = (performance.now() - start) / 1000;
if (results[jobs - 1] !== jobs - 1) throw new Error('a result is missing');
console.log(jobs / seconds);
