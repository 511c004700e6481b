/** The evidence put together for the invariants: jobs, calls, periods of faults, rows that belong together. */
@NullMarked
package dev.bes.testbench.checker.analysis;

import org.jspecify.annotations.NullMarked;
