/** What the benchmark prints and writes: progress, sections, tables, goals. */
@NullMarked
package dev.bes.benchmarks.report;

import org.jspecify.annotations.NullMarked;
