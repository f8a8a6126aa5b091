/** A process that does nothing: how late an event loop is on this machine by itself. Ends with its standard input. */
process.stdin.resume();
process.stdout.write('0\n');
