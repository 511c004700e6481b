/**
 * Proves or refutes "nothing lost, nothing started twice" from what is left after a run: the sandbox's journal, the
 * database, the blobs, the driver's own journal, the folders and the logs.
 */
@NullMarked
package dev.bes.testbench.checker;

import org.jspecify.annotations.NullMarked;
