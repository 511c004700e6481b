/** Processes and ports of this machine. */
@NullMarked
package dev.bes.testbench.process;

import org.jspecify.annotations.NullMarked;
