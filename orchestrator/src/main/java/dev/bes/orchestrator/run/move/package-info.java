/** Guarded moves: what changes a scoring, its attempt, its run and their history, in one transaction. */
@NamedInterface("move")
@NullMarked
package dev.bes.orchestrator.run.move;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
