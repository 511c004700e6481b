/**
 * Checks "nothing lost, nothing started twice" after a run, from its evidence: the journals of the sandbox and the driver, the
 * database, the blobs, the folders and the logs.
 */
@NullMarked
package dev.bes.testbench.checker;

import org.jspecify.annotations.NullMarked;
