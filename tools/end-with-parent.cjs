const { isMainThread } = process.getBuiltinModule('node:worker_threads');

/**
 * Preloaded (`--require`) into every process that `npm start` opens. Its standard input is a pipe from the parent, which ends
 * when the parent asks the process to stop, and also when the parent is gone, however that happened. Threads inherit the
 * preload and have no standard input: reading it there ends the process.
 */
if (isMainThread) {
  process.stdin.once('close', () => {
    // Windows has no SIGTERM that a process could handle; the listeners are the same.
    if (process.platform !== 'win32') process.kill(process.pid, 'SIGTERM');
    else if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0);
  });
  process.stdin.resume();
  process.stdin.unref();
}
