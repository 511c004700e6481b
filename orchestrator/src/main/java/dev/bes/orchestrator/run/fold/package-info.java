/** Folds: scorings that share one remote job. */
@NamedInterface("fold")
@NullMarked
package dev.bes.orchestrator.run.fold;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
