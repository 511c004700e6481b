/** Reads runs for the API and the pages. Changes nothing. */
@NamedInterface("query")
@NullMarked
package dev.bes.orchestrator.run.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
