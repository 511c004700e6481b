/** What a measurement runs on: folders, processes, PostgreSQL, a node of the orchestrator, the stub. */
@NullMarked
package dev.bes.benchmarks.environment;

import org.jspecify.annotations.NullMarked;
