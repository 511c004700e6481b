/** A PostgreSQL that can be stopped, killed and started again in place. */
@NullMarked
package dev.bes.testbench.postgres;

import org.jspecify.annotations.NullMarked;
