/** The work that the nodes are given: requests, dropped files, cancellations and a schedule. */
@NullMarked
package dev.bes.testbench.chaos.load;

import org.jspecify.annotations.NullMarked;
