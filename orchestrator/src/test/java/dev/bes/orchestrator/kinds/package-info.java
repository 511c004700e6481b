/** Kinds of remote services that there are only in tests: one for each class of submit protocol with one step. */
@NullMarked
package dev.bes.orchestrator.kinds;

import org.jspecify.annotations.NullMarked;
