/** Parts that measure the orchestrator by itself. */
@NullMarked
package dev.bes.benchmarks.part;

import org.jspecify.annotations.NullMarked;
