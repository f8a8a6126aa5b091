/** What crosses Electron's context bridge and IPC: copies. Functions cross the bridge alone, and what they are given is copied. */

/** The copy of a message. A value that cannot be cloned throws, as in Electron. */
export function copied<Value>(value: Value): Value {
  return structuredClone(value);
}

/** The object as the page sees it: frozen, every function a stand-in. */
export function acrossBridge(value: unknown): unknown {
  if (typeof value === 'function') {
    return (...args: unknown[]) => acrossBridge(Reflect.apply(value, undefined, args.map(acrossBridge)));
  }
  if (typeof value === 'object' && value !== null && Object.values(value).some((each) => typeof each === 'function')) {
    const entries = Object.entries(value).map(([name, each]) => [name, acrossBridge(each)]);
    return Object.freeze(Object.fromEntries(entries));
  }
  return copied(value);
}
