/** Spring Batch: its repository, its operator, and the purge of its tables. */
@NullMarked
package dev.bes.orchestrator.pipeline.batch;

import org.jspecify.annotations.NullMarked;
