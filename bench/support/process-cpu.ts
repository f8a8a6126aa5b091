import { readdirSync, readFileSync } from 'node:fs';

/** CPU time so far of all living threads of a process, ms. Linux's scheduler counts it in nanoseconds, unlike the ticks of `treeCpu`. */
export function processCpu(pid: number): number {
  const folder = `/proc/${pid}/task`;
  const nanoseconds = readdirSync(folder).map((task) => {
    const [onCpu = ''] = readFileSync(`${folder}/${task}/schedstat`, 'utf8').split(' ');
    return Number(onCpu);
  });
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}
