// Starts Azurite's blob service and stops it exactly once: at SIGTERM, at SIGINT, or when the pipe from the parent
// process ends, which it does however the parent ends. Azurite by itself listens to each signal once, so that a
// second one kills it before its tables are saved.
'use strict';

let stop = () => process.exit();

const once = process.once;
process.once = function (event, listener) {
  if (event !== 'SIGINT' && event !== 'SIGTERM') {
    return once.call(process, event, listener);
  }
  stop = listener;
  return process;
};

function stopOnce() {
  const first = stop;
  stop = () => {};
  process.stdin.destroy();
  first();
}

process.on('SIGINT', stopOnce).on('SIGTERM', stopOnce);
process.stdin.on('end', stopOnce).resume();

require('./node_modules/azurite/dist/src/blob/main.js');
