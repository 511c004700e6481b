/** Reads and summarises measured values: CPU time, memory, percentiles. */
@NullMarked
package dev.bes.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
