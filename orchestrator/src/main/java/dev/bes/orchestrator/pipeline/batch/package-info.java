/** The only package that uses Spring Batch: jobs, steps, repository, purge of its tables. */
@NamedInterface("batch")
@NullMarked
package dev.bes.orchestrator.pipeline.batch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
