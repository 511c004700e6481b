/** Watches the nodes, waits until all work is done, and collects the evidence for the checker. */
@NullMarked
package dev.bes.testbench.chaos.observation;

import org.jspecify.annotations.NullMarked;
