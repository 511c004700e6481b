/** Kinds of remote services that there are only in tests: one for each class of submit protocol that the product has no service for yet. */
@NullMarked
package dev.bes.orchestrator.kinds;

import org.jspecify.annotations.NullMarked;
