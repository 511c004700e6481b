/**
 * The chaos test: several nodes of the orchestrator at work while processes die, clocks jump, disks fill, the database
 * crashes and calls are spoiled; then everything heals, and what is left is judged.
 */
@NullMarked
package dev.bes.testbench.chaos;

import org.jspecify.annotations.NullMarked;
