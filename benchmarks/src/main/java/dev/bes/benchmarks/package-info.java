/** The benchmark: runs engines on the same work, measures them, and prints one table. */
@NullMarked
package dev.bes.benchmarks;

import org.jspecify.annotations.NullMarked;
