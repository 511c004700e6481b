/** Parts that compare engines: they take turns at the same work. */
@NullMarked
package dev.bes.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
