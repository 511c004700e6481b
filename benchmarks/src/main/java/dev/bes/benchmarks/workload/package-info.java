/** The work: files, and how they are requested. */
@NullMarked
package dev.bes.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
