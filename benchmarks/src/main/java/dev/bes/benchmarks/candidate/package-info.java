/** The engines under measurement: the orchestrator itself, and others in processes of their own. */
@NullMarked
package dev.bes.benchmarks.candidate;

import org.jspecify.annotations.NullMarked;
