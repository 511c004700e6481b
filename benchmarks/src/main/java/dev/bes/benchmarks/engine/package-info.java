/** The other engines, each a process that scores on pattern through the orchestrator's own clients. */
@NullMarked
package dev.bes.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
