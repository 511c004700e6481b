/** The fifteen invariants, one class each. */
@NullMarked
package dev.bes.testbench.checker.invariant;

import org.jspecify.annotations.NullMarked;
